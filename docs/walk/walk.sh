#!/usr/bin/env bash
# A clerk's first hour, played on the real program at 80x24: an empty machine,
# the first screen, one activity, one visit, one disclosure, the list, the
# summary; in Chinese and in English. Whoever is missing is registered on the
# way with Ctrl-G, from the field that needs him, so that nothing is prepared
# beforehand. The screens are kept in walk-zh.txt and walk-en.txt; where a
# step does not bring what is expected the walk stops and shows the screen.
#
#	docs/walk/walk.sh
#
# Needs Go and tmux.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source docs/walk/tmux.sh

# record WHAT: keeps the screen as it stands. The temporary folder is not named.
record() {
    {
        printf '\n%s\n' "== $1 "
        screen | sed "s|$work|…|; s/ *\$//"
    } >>"$work/record"
}

# field LABEL TEXT: types a value into a field of the form.
field() {
    to "$1"
    write "$2"
}

# take: takes what the pick list offers, and waits until it stands there.
take() {
    local before
    before=$(row)
    press Enter
    for ((look = 0; look < patience; look++)); do
        [[ $(row) = "$before" ]] || return 0
        sleep 0.05
    done
    fail "nothing was taken"
}

# pick LABEL TEXT: narrows a pick list and takes what is left.
pick() {
    field "$1" "$2"
    take
}

# missing LABEL NAME NEXT: names someone whom the ledger does not know yet and
# opens the form to register him, known by its field NEXT.
missing() {
    field "$1" "$2"
    see Ctrl-G
    press C-g
    see "$3"
}

# save LETTER: saves the form and waits for an id of the register.
save() {
    press C-s
    see "$saved $1-"
}

walk() {
    : >"$work/record"
    begin env -u LC_ALL -u LC_MESSAGES -u LANG -u TAIZHANG_LEDGER XDG_DATA_HOME="$work/$lang" "$work/taizhang" --lang "$lang"

    see "$first_time"
    record "$say_first"
    write "$community"
    press Enter
    write "$clerk"
    press Enter Enter
    see "$today" "$clerk"
    record "$say_home"

    press 1
    see "$empty"
    press C-n
    see "$f_time_from"
    field "$f_title" "$title"
    pick "$f_lines" "$lines"
    see "$lines"
    field "$f_venue" "$venue"
    field "$f_attend" 86
    field "$f_summary" "$summary"
    record "$say_activity"
    save A
    record "$say_activity_saved"
    press Escape
    see "$today"

    press 3
    see "$empty"
    press C-n
    see "$f_person"
    missing "$f_person" "$person" "$f_birth"
    field "$f_birth" 1947-05-16
    record "$say_person"
    press C-s
    see "$check" # he has no number yet: asked about, and right as it is
    save P
    see "$f_amount"
    record "$say_person_back"
    field "$f_household" "$address"
    field "$f_amount" 500
    pick "$f_fund" "$fund"
    record "$say_visit"
    save V
    press Escape
    see "$today"

    press 2
    see "$empty"
    press C-n
    see "$f_item"
    missing "$f_item" "$item" "$f_class"
    field "$f_no" 1
    pick "$f_class" "$class"
    field "$f_topic" "$topic"
    field "$f_body_org" "$body_org"
    pick "$f_cadence" "$cadence"
    missing "$f_reviewer" "$reviewer" "$f_login"
    record "$say_staff"
    save S
    see "$f_reviewer"
    take
    missing "$f_approver" "$approver" "$f_login"
    save S
    see "$f_approver"
    take
    record "$say_item"
    save C
    see "$f_body"
    take
    field "$f_period" 2026-B5
    field "$f_body" "$body"
    record "$say_issue"
    save D
    record "$say_issues"
    press Enter
    see "> D-2026-0001" "$f_drafted"
    record "$say_detail"
    press Escape
    gone "$f_drafted"
    press Escape
    see "$today"

    press 1
    see "$title"
    record "$say_list"
    press Escape
    see "$today"

    press 0
    see Ctrl-S
    press p
    see "$period_ask"
    write 2026
    press Enter
    see "$period_year"
    record "$say_figures"
    press w
    see "$whom"
    press Enter
    see "$written"
    record "$say_summary"
    press Escape
    see "$today"
    press C-c
    ended
}

# finish LANG: the walk came through; its summary must be there.
finish() {
    local file=("$work/$1"/taizhang/exports/summary-*.md)
    [[ -s ${file[0]} ]] || fail "no summary was written"
    "$work/taizhang" --ledger "$work/$1/taizhang/ledger.db" --lang "$1" verify
    {
        cat "$work/record"
        printf '\n%s\n\n' "== ${file[0]##*/}"
        cat "${file[0]}"
    } | sed 1d >"docs/walk/walk-$1.txt"
    echo "docs/walk/walk-$1.txt"
}

go build -o "$work/taizhang" .

lang=zh
first_time=这里还没有台账 check=请核对 community=文昌街道和平社区 clerk=王芳 today=今日 empty=这个期间没有记录 saved=已保存
f_time_from=开始时间 f_title=名称 f_lines=条线 f_venue=地点 f_attend=人次 f_summary=内容摘要
title=秋季居民趣味运动会 lines=文体 venue=文化广场 summary=拔河、跳绳、滚铁环，三个小区组队参加。
f_person=对象 f_birth=出生日期 f_household=户 f_amount=慰问金 f_fund=资金来源
person=张桂英 address=和平小区3号楼501室 fund=党费
f_item=目录项 f_class=公开类别 f_no=序号 f_topic=一级事项 f_body_org=公开主体 f_cadence=公开周期
f_reviewer=审核人 f_approver=审批人 f_login=登录名
item=党费收缴使用情况 class=党务 topic=党建工作 body_org=和平社区党委 cadence=2月 reviewer=李静 approver=陈建国
f_period=公开期 f_body=公开内容 f_drafted=拟稿 body=九至十月共收缴党费1260元，已全部上缴街道党工委。
period_ask=空为全部 period_year=期间：2026年 whom=给谁看 written=已写好
say_first=第一次打开 say_home=台账建好了 say_activity=新增一场活动 say_activity_saved=活动已保存
say_person=走访的对象还没登记：在走访表里按Ctrl-G先登记 say_person_back=存好后回到走访表 say_visit=新增一次走访
say_staff=目录项的审核人还没登记：再按一次Ctrl-G say_item=从公开表登记目录项 say_issue=新增一期公开 say_issues=公开已保存
say_detail=公开的全部内容 say_list=活动列表 say_figures=全年数字 say_summary=汇总已写成文件
walk
finish zh

lang=en
first_time="There is no ledger here yet" check="Please ch" community="Heping Community" clerk="Wang Fang" today=Today
empty="Nothing in this period" saved=saved
f_time_from="Time from" f_title=Title f_lines="Lines of work" f_venue=Venue f_attend=Attendances f_summary=Summary
title="Autumn games" lines=cult venue="Culture Square" summary="Tug of war and rope skipping; three compounds took part."
f_person=Person f_birth=Birth f_household=Household f_amount=Money f_fund="Source of funds"
person="Zhang Guiying" address="Building 3, room 501" fund="Party dues"
f_item=Item f_class=Class f_no=No. f_topic=Topic f_body_org="Disclosing body" f_cadence=Cadence
f_reviewer=Reviewer f_approver=Approver f_login=Login
item="Party dues received" class=Party topic="Party building" body_org="Party committee" cadence="two months"
reviewer="Li Jing" approver="Chen Jianguo"
f_period=Period f_body=Body f_drafted=Drafted body="1,260 yuan received in two months and passed on."
period_ask="blank for all" period_year="period: 2026" whom="for whom" written=written
say_first="The first start" say_home="The ledger is there" say_activity="A new activity" say_activity_saved="The activity is saved"
say_person="The person visited is not registered yet: Ctrl-G in the visit's form" say_person_back="Saved, and back in the visit"
say_visit="A new visit" say_staff="The item's reviewer is not registered yet: Ctrl-G once more"
say_item="The catalogue item, from the disclosure's form" say_issue="A new disclosure" say_issues="The disclosure is saved"
say_detail="All of the disclosure" say_list="The list of activities" say_figures="The figures of the year"
say_summary="The summary is written"
walk
finish en
