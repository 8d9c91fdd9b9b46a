"""What waitress, IIS or any other WSGI server imports."""

from board import create_app

app = create_app()
