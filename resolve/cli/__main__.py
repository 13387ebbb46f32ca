"""``python -m resolve.cli``: the command without its script."""

from resolve.cli import main

if __name__ == "__main__":
    main()
