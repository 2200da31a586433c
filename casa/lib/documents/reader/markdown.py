"""Text in Markdown: its tables as such, all else line by line."""

import re

from casa.lib.documents.reader.kinds import is_rule_of_table
from casa.lib.documents.reader.report import Report

_BAR = re.compile(r"(?<!\\)\|")


def write(text: str, report: Report) -> None:
    lines = text.split("\n")
    is_table = False
    report.begin("text")
    for number, line in enumerate(lines, start=1):
        begins = "|" in line and is_rule_of_table("".join(lines[number : number + 1]))
        if begins and not is_table:
            report.begin("table")
        elif is_table and "|" not in line:
            report.begin("text")
        is_table = begins or (is_table and "|" in line)
        if not is_table:
            report.line(number, line)
        elif not is_rule_of_table(line):
            report.row(number, _cells(line))


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    cells = _BAR.split(line.removesuffix("|") if not line.endswith(r"\|") else line)
    return [cell.strip().replace(r"\|", "|") for cell in cells]
