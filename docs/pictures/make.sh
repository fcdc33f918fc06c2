#!/usr/bin/env bash
# Makes the pictures of the README from the real program on the sample
# community: docs/pictures/make.sh
# Needs Go, tmux, Chromium and the fonts Noto Sans Mono CJK SC, DejaVu Sans Mono.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source docs/walk/tmux.sh

browser=
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then
        browser=$name
        break
    fi
done
if [[ -z $browser ]]; then
    echo "Chromium is needed to draw the pictures" >&2
    exit 1
fi

echo "building"
go build -o "$work/taizhang" .
go build -o "$work/shot" docs/pictures/shot.go
size=$("$work/shot" -size)

# community LANG NAME: a sample ledger of its own, whose clerk has a name.
community() {
    run=("$work/taizhang" --ledger "$work/sample-$1.db" --lang "$1")
    "${run[@]}" demo --no-ui >/dev/null
    local own
    own=$("${run[@]}" list staff --where "login=$(id -un)" --format json | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' | head -n 1)
    "${run[@]}" edit "$own" "name=$2" >/dev/null
}

# shoot NAME: the screen as it stands, with the cursor where it is shown.
shoot() {
    local cursor=()
    if [[ $(tm display-message -p -t clerk '#{cursor_flag}') = 1 ]]; then
        cursor=(-cursor "$(tm display-message -p -t clerk '#{cursor_x},#{cursor_y}')")
    fi
    tm capture-pane -e -N -p -t clerk | "$work/shot" "${cursor[@]}" >"$work/page.html"
    "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/browser" \
        --window-size="$size" --screenshot="$work/page.png" "file://$work/page.html" >"$work/browser.log" 2>&1 ||
        { cat "$work/browser.log" >&2; exit 1; }
    "$work/shot" -pack <"$work/page.png" >"docs/pictures/$1.png"
    printf '%s %s bytes\n' "$1" "$(wc -c <"docs/pictures/$1.png")"
}

community zh 王思远
begin "${run[@]}"
see 今日 活动
shoot home-zh

press 1
see 期间 条线 中秋邻里百家宴
shoot list-zh

press /
write 敬老
see 重阳敬老长寿宴
gone 中秋邻里
press Enter
see 重阳敬老长寿宴
press Enter
see 基本情况 重阳敬老长寿宴 记录人
shoot detail-zh

press C-n
see 新增 开始时间
press Tab; write 0900
press Tab; write 1100
press Tab; write 社区敬老月义诊
press Tab; write ll
see 老龄
press Enter; gone ll
write hsz
see 红十字
press Enter; gone hsz
press Enter
press Tab; write yz
see 义诊
press Enter
see 义诊
press Tab Tab Tab Tab Tab Tab Tab
see "*地点"
write wh
see 3/8
shoot form-zh

begin "${run[@]}"
see 今日 活动
press r
see 能写的报告
press Enter
see 内部
press Down Enter
see 二、工作及成效
press Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab
see 活动·场次 "准数 73"
shoot report-zh

community en "Wang Siyuan"
begin "${run[@]}"
see Today Activity
shoot home-en
press 1
see period
press C-n
see "Time from"
press Tab; write 0900
press Tab; write 1100
press Tab; write "Free health clinic"
press Tab; write eld
see elderly 1/19
shoot form-en
