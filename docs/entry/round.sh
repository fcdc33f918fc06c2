#!/usr/bin/env bash
# Plays a clerk who enters a round of aid visits on the real program at 80x24: the
# 61 households of the sample's Spring Festival, planned again for the one to come.
# It prints the table of docs/entry.md.
#
#	docs/entry/round.sh
#
# Needs Go, tmux and python3 (to copy the plan).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source docs/walk/tmux.sh
source docs/entry/clerk.sh

# finish TASK: a line of the table.
finish() { printf '| %s | %d | %s |\n' "$1" "$keys" "$(took)"; }

go build -o "$work/taizhang" .
run=("$work/taizhang" --ledger "$work/sample.db" --lang zh)
"${run[@]}" demo --no-ui >/dev/null
"${run[@]}" list round --format json | python3 -c '
import json, sys
rounds = {r["values"]["occasion"]: r for r in json.load(sys.stdin)}
last = rounds["2026春节"]["values"]
print(rounds["2027春节"]["id"])
json.dump({"occasion": "2027春节", "people": last["people"], "visitors": last["visitors"], "fund": "街道民政", "budget": "60000"}, open(sys.argv[1], "w"), ensure_ascii=False)
' "$work/plan.json" >"$work/old"
"${run[@]}" void "$(cat "$work/old")" --reason 改按名单走访 >/dev/null
"${run[@]}" add round - <"$work/plan.json" >/dev/null

printf '| task | keys | seconds |\n|---|--:|--:|\n'
begin "${run[@]}"
look 今日 菜单

# Money for all, twenty people ticked one by one, two of them with more, saved.
start
key 3
look 期间
key C-t
look "应走访 61 户 61 人，已走访 0 户"
key C-e
look 走访方式
key Tab Tab Tab
keyed 800
key C-s
look 800.00
key Space Space Space Enter
look 慰问金
key Tab
keyed 1500
key C-s
look 1,500.00 "勾 4 人"
key Down Space Space Space Space Space Space Enter
look 慰问金
key Tab
keyed 1500
key C-s
look "勾 11 人"
key Down Space Space Space Space Space Space Space Space Space
look "勾 20 人"
key C-s
look "已登记 20 人"
finish "20 people: the same for all, two with more, saved"

# Who is still missing, as a list to walk by.
start
key C-o
look 发放明细表
key Down Enter
look 内部
key Enter
look missing-
finish "the walking list of who is missing, written"

# The rest at once.
start
key C-t
look "勾 41 人"
key C-s
look "已登记 41 人" "已走访 61 户 61 人"
finish "the other 41, saved at once"

# The sheet with what everybody signed for.
start
key C-o
look 发放明细
key Enter
look 内部
key Enter
look payout-
finish "the payout sheet, written"

"${run[@]}" coverage --occasion 2027春节 | head -2 >&2
