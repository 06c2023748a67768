"""CSV files as pandas reads them, and what it makes of the tables. Writes frames/*.csv and
frames/frames.json."""

import os

import golden
import numpy as np
import pandas as pd

FOLDER = os.path.join(golden.HERE, "frames")

FILES = {
    "passengers": 'Month,"Passengers"\n1949-01,112\n1949-02,118\n\n1949-03,132\n1949-04,129\n',
    "footer": '"Month","Sales"\n"1-01",266.0\n"1-02",145.9\n\n"Sales of shampoo",0\n"over",0\n',
    "missing": "No,pm2.5,wind,text,flag\n1,NA,1.5e1,,True\n2,129,?,b,False\n3,,-3,None,True\n"
    '4,  7.25 ,.5,"a ""quoted"", one\nof two lines",False\n5,inf,-Infinity,x,True\n',
    "power": "Date;Time;Volt\n16/12/2006;17:24:00;234,840\n16/12/2006;17:25:00;?\n"
    "17/12/2006;0:26:00;1,000\n",
    "plain": "5.1,3.5,Iris-setosa\n4.9,3.0,Iris-setosa\n6.3,3.3,Iris-virginica\n",
    "dates": "at,day,value\n2010-01-02 00:00:00,2010/1/2,1\n2010-01-02 05:30:10,,2\n"
    "2011-12-31 23:00:00,2010/11/30,3\n",
    "twice": "a,b,a,,a\n1,2,3,4,5\n",
    "tabs": "a\tb\n1\t2\n3\t4\n",
    "numbers": "a,b,c\n1,NaN,3\nNaN,NaN,-1\n4,5,NaN\nNaN,8.5,NaN\n10,NaN,2\n",
}


def told(frame):
    """The columns as lists, dates as texts and None for what is missing."""
    columns = {}
    for name in frame.columns:
        column = frame[name]
        if column.dtype.kind == "M":
            columns[str(name)] = [None if pd.isna(v) else v.isoformat() for v in column]
        elif column.dtype.kind in "fib":
            columns[str(name)] = [
                None if np.isnan(v) else str(float(v)) if np.isinf(v) else float(v) for v in column
            ]
        else:
            columns[str(name)] = [None if pd.isna(v) else v for v in column]
    return columns


def read(name, **arguments):
    encoding = arguments.pop("encoding", "utf-8")
    path = os.path.join(FOLDER, name + ".csv")
    return pd.read_csv(path, encoding=encoding, engine="python", **arguments)


def main():
    os.makedirs(FOLDER, exist_ok=True)
    for name, text in FILES.items():
        with open(os.path.join(FOLDER, name + ".csv"), "w", encoding="utf-8", newline="") as file:
            file.write(text)
    with open(os.path.join(FOLDER, "latin.csv"), "w", encoding="latin-1", newline="") as file:
        file.write("Größe,Ort\r\n1,Zürich\r\n")
    with open(os.path.join(FOLDER, "marked.csv"), "w", encoding="utf-8-sig", newline="") as file:
        file.write("a,b\n1,2\n")
    numbers = read("numbers")
    frames = {
        "passengers": read("passengers", parse_dates=["Month"]),
        "footer": read("footer", skipfooter=2),
        "missing": read("missing", na_values=["?"]),
        "power": read("power", sep=";", decimal=",", na_values=["?"]),
        "plain": read("plain", header=None, names=["length", "width", "class"]),
        "unnamed": read("plain", header=None),
        "dates": read("dates", parse_dates=["at", "day"]),
        "twice": read("twice"),
        "tabs": read("tabs", sep="\t", skiprows=1, header=None),
        "latin": read("latin", encoding="latin-1"),
        "marked": read("marked", encoding="utf-8-sig"),
        "some": read("missing", usecols=["wind", "No"], na_values=["?"], nrows=2),
        "numbers": numbers,
        "dropna": numbers.dropna(),
        "fillna": numbers.fillna(-7.5),
        "ffill": numbers.ffill(),
        "bfill": numbers.bfill(),
        "interpolate": numbers.interpolate(),
        "shift": numbers.shift(2),
        "shift_up": numbers.shift(-1),
        "diff": numbers.diff(1),
        "iloc": numbers.iloc[1:3],
        "select": numbers[["c", "a"]],
        "drop": numbers.drop(columns=["b"]),
    }
    frames = {name: told(frame) for name, frame in frames.items()}
    golden.write(
        "frames/frames",
        {
            "frames": frames,
            "isna": {str(k): int(v) for k, v in numbers.isna().sum().items()},
            "csv": numbers.to_csv(index=False, lineterminator="\n"),
        },
    )


if __name__ == "__main__":
    main()
