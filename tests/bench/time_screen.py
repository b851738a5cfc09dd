#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times `licet screen` on one core: time_screen.py PROGRAM FOLDER ROWS. Medians of five runs.

The time to start (open the ledger, build the index) is measured apart, with a list of one row.
"""
import json
import os
import resource
import statistics
import subprocess
import sys
import time


def run(program, folder, name):
    """Returns seconds of wall and processor, and the summary."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        ['taskset', '-c', '0', program, '-w', folder + '/space', 'screen', folder + '/' + name,
         '--campaign', folder + '/campaign.toml', '--out', folder + '/out', '--json'],
        capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, cpu, json.loads(done.stdout)


def main(program, folder, rows):
    with open(folder + '/list.csv', encoding='utf-8') as whole, \
            open(folder + '/one.csv', 'w', encoding='utf-8') as one:
        one.write(whole.readline() + whole.readline())
    starts = [run(program, folder, 'one.csv') for _ in range(3)]
    start = statistics.median(r[0] for r in starts)
    cpu_start = statistics.median(r[1] for r in starts)
    runs = [run(program, folder, 'list.csv') for _ in range(5)]
    wall = statistics.median(r[0] for r in runs) - start
    cpu = statistics.median(r[1] for r in runs) - cpu_start
    summary = runs[-1][2]
    assert summary['rows'] == rows
    blocked = {r['rule']: r['count'] for r in summary['reasons']}
    with open(folder + '/objections', 'w', encoding='utf-8') as out:
        out.write(str(blocked.get('eu.objection', 0)))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print('licet screen          %8.0f rows/s  (start %.2f s, peak %d MB, %d cores seen)'
          % (rows / wall, start, peak, os.cpu_count()))
    print('  of processor time   %8.0f rows/s  (without waiting for the disk)' % (rows / cpu))


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
