"""What is done at the terminal."""

UNFINISHED = "未完成"  # what a command says before the reason for which it could not be done
