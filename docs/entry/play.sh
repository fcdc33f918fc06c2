#!/usr/bin/env bash
# Plays a clerk on the real program at 80x24, on a fresh sample community, and
# counts her keys and seconds; counts the same tasks in a spreadsheet by its
# keys. It prints the table of docs/entry.md.
#
#	docs/entry/play.sh
#
# Needs Go and tmux. A step that does not bring what is expected stops with the
# screen as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source docs/walk/tmux.sh
source docs/entry/clerk.sh

# The spreadsheet's keys in the same words; they are only counted.
cells() { # cells KEYS...: what is typed into cells, each with the Tab to the next
    local c
    for c; do sheet=$((sheet + ${#c} + 1)); done
}
chords() { sheet=$((sheet + $#)); } # chords NAME...: each one press

# finish TASK: a line of the table.
finish() {
    printf '| %s | %d | %s | %d | %d.%d |\n' "$1" "$keys" "$(took)" "$sheet" $((sheet / rate)) $((sheet * 10 / rate % 10))
}

go build -o "$work/taizhang" .
run=("$work/taizhang" --ledger "$work/sample.db" --lang zh)
"${run[@]}" demo --no-ui >/dev/null
"${run[@]}" add 活动 日期=昨 名称=冬季居民趣味运动汇 条线=文体 地点=文化广场 人次=86 >/dev/null

printf '| task | keys | seconds | spreadsheet, keys | seconds |\n|---|--:|--:|--:|--:|\n'
begin "${run[@]}"
look 今日 菜单

# An activity with 12 fields: date, from, to, title, line of work, form, venue,
# audience, attendances, cost, source, summary.
start
key 1
look 期间
key C-n
look 开始时间
keyed zt
key Tab
keyed 0900
key Tab
keyed 1100
key Tab
han 冬季居民健康义诊 'dongjijuminjiankangyizhen '
key Tab
keyed ll
key Enter Enter Tab
keyed yz
key Enter PageDown
keyed wh
key Enter
keyed jm
key Enter Enter
keyed 45
key PageDown Tab Tab Tab Tab Tab
keyed 600
key Tab
keyed bg
key Enter PageDown
han 为居民量血压、测血糖，讲解冬季保健知识。 'weijuminliangxueya,cexuetang,jiangjiedongjibaojianzhishi.'
key C-s
look "已保存 A-2026-"
sheet=0
chords C-Down Down
cells 11/25 9:00 11:00 'dongjijuminjiankangyizhen ' 'laoling ' 'yizhen ' 'wenhuaguangchang ' 'jumin ' 45 600 'bangongjingfei ' \
    'weijuminliangxueya,cexuetang,jiangjiedongjibaojianzhishi.'
chords C-s
finish "activity with 12 fields"

# Another one like it, today: copied, only the attendances are new.
start
key C-n
look 开始时间
key C-d
look 冬季居民健康义诊
key Enter
look 已照抄
keyed 52
key C-s
look 52 "已保存 A-2026-"
sheet=0
chords C-Down S-Space C-c Down C-v # the row above, pasted whole
chords Home 'C-;'                  # today
chords Right Right Right Right Right Right Right Right
cells 52
chords Delete Tab # the cost of the one before
chords C-s
finish "second similar activity"
key Escape
look 菜单

# A visit: the person by two initials, money, its source. Household, category,
# occasion and visitors come from the register.
start
key 3
look 期间
key C-n
look 归属场合
key Tab Tab
keyed mz
look 马芝莲
key Enter PageDown
keyed 500
key Tab Tab
keyed df
look 党费
key Enter C-s
look "已保存 V-2026-"
sheet=0
chords C-PageDown C-f          # the address and the category are looked up with the person
sheet=$((sheet + 12))          # mazhilian and a space, Enter
chords Escape Right Right S-Right C-c C-PageUp C-Down Down
chords 'C-;' Tab
cells 'richangzoufang ' 'mazhilian '
chords C-v Tab Tab
cells 'ruhu ' 'zhouhuimin,zhaolixin ' 500 'dangfei ' 'weiqian '
chords C-s
finish "single visit"
key Escape
look 菜单

# Yesterday somebody wrote 运动汇 in a title.
start
key 1
look 期间
key / q w
look 运动汇
key Enter Enter
look 第1版
key Enter
look "修改"
key Tab Tab Tab BSpace
han 会 'hui '
key C-s
look "第2版" 冬季居民趣味运动会
sheet=0
chords C-f
sheet=$((sheet + 8)) # yundong, a space
chords Enter Escape F2 BSpace
sheet=$((sheet + 4)) # hui, a space
chords Enter C-s
finish "typo in yesterday's record"
key Escape
key Escape
key Escape
look 菜单

# The record of 马芝莲, of whom only the initials are remembered.
start
key 4
look 性别
key / m z
look 马芝莲 1/1
key Enter Enter
look "> P-" 马芝莲 身份和住址
sheet=0
chords C-PageDown C-f
sheet=$((sheet + 10)) # mazhilian, a space: it finds no initials
chords Enter Escape
finish "a person by two initials"
