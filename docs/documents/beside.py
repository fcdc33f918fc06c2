#!/usr/bin/python3
"""Writes the rows of a CSV that taizhang exported as a workbook, with openpyxl
(write-only) or XlsxWriter (constant memory): beside.py openpyxl|xlsxwriter IN.csv OUT.xlsx
Days become days, amounts numbers, all else text, as taizhang's own workbook has
them. Debian: python3-openpyxl, python3-xlsxwriter."""
import csv
import datetime
import re
import sys

DAY = re.compile(r"\d{4}-\d\d-\d\d$")
MONEY = re.compile(r"-?[\d,]+\.\d\d$")


def typed(rows, kinds):
    for row in rows:
        out = []
        for kind, text in zip(kinds, row):
            if text == "":
                out.append(None)
            elif kind == "day" and DAY.match(text):
                out.append(datetime.datetime.strptime(text, "%Y-%m-%d"))
            elif kind == "money" and MONEY.match(text):
                out.append(float(text.replace(",", "")))
            else:
                out.append(text)
        yield out


def kinds_of(path):
    """What the columns are, by their first thousand rows."""
    with open(path, encoding="utf-8-sig", newline="") as f:
        rows = csv.reader(f)
        head = next(rows)
        seen = [set() for _ in head]
        for _, row in zip(range(1000), rows):
            for s, text in zip(seen, row):
                if text:
                    s.add("day" if DAY.match(text) else "money" if MONEY.match(text) else "text")
    return [s.pop() if len(s) == 1 else "text" for s in seen]


def main(which, source, target):
    kinds = kinds_of(source)
    with open(source, encoding="utf-8-sig", newline="") as f:
        rows = csv.reader(f)
        head = next(rows)
        if which == "openpyxl":
            import openpyxl
            book = openpyxl.Workbook(write_only=True)
            sheet = book.create_sheet()
            sheet.freeze_panes = "A2"
            sheet.append(head)
            for row in typed(rows, kinds):
                sheet.append(row)
            book.save(target)
            return
        import xlsxwriter
        book = xlsxwriter.Workbook(target, {"constant_memory": True})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        day, money = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "#,##0.00"})
        formats = [{"day": day, "money": money}.get(k) for k in kinds]
        sheet.write_row(0, 0, head)
        for i, row in enumerate(typed(rows, kinds), 1):
            for j, value in enumerate(row):
                if isinstance(value, datetime.datetime):
                    sheet.write_datetime(i, j, value, formats[j])
                elif isinstance(value, float):
                    sheet.write_number(i, j, value, formats[j])
                elif value is not None:
                    sheet.write_string(i, j, value)
        book.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
