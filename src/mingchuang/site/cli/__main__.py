"""`python -m mingchuang.site.cli`: the same command where the script isn't on the path."""

from mingchuang.site.cli import main

if __name__ == "__main__":
    main()
