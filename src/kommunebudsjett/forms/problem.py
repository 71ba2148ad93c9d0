"""What is wrong with a document's file, as the process that reads it tells."""


class ProblemError(Exception):
    """The file cannot be read: why, in one sentence with the place where there is one, and what to do about it."""

    def __init__(self, message: str, remedy: str):
        self.message = message
        self.remedy = remedy
        super().__init__(message)
