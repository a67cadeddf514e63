"""One module per command, named after it (`import` is `import_.py`).

Each has `register(subparsers)`, which adds a parser and names the function that carries it out:

    def register(subparsers: Subparsers) -> None:
        parser = subparsers.add_parser("hello", help="Say hello")
        parser.set_defaults(run=hello)

The function takes the parsed options and returns an exit code, or None for 0. What cannot be done
is raised as a DomainError, whose message goes to the terminal. A module that is put here is found
by itself.
"""
