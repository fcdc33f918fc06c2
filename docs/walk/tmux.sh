# Drives taizhang on a terminal of 80x24 that tmux provides. To be sourced by
# scripts with "set -euo pipefail". There is no waiting for a time: every step
# looks at the screen each 50 ms until what is expected stands there.

work=$(mktemp -d)
patience=200 # looks of 50 ms: 10 seconds

terminal=0   # a server of its own for each, as one that is ending takes no session

tm() { TMUX='' tmux -u -S "$work/tmux-$terminal" -f /dev/null "$@"; }

leave() {
    tm kill-server 2>/dev/null || true
    rm -rf "$work"
}
trap leave EXIT

# begin COMMAND ARGUMENT...: runs a program on a fresh terminal.
begin() {
    tm kill-server 2>/dev/null || true
    terminal=$((terminal + 1))
    tm new-session -d -s clerk -x 80 -y 24 env TERM=tmux-256color "$@"
}

# screen: what stands there now, as text.
screen() { tm capture-pane -p -t clerk; }

# fail MESSAGE: stops with the screen as it is.
fail() {
    printf '%s\nThe screen:\n' "$1" >&2
    screen >&2 || echo "(the program has ended)" >&2
    exit 1
}

# see TEXT...: waits until all of them stand on the screen.
see() {
    local shown text missing
    for ((look = 0; look < patience; look++)); do
        shown=$(screen 2>/dev/null) || shown=
        missing=
        for text; do
            [[ $shown == *"$text"* ]] || missing=$text
        done
        [[ -n $missing ]] || return 0
        sleep 0.05
    done
    fail "waited in vain for: $missing"
}

# gone TEXT: waits until it stands there no more.
gone() {
    for ((look = 0; look < patience; look++)); do
        [[ $(screen) == *"$1"* ]] || return 0
        sleep 0.05
    done
    fail "still there: $1"
}

# press KEY...: keys by tmux's names (Enter, Tab, C-s, Escape).
press() { tm send-keys -t clerk "$@"; }

# row: the line of the screen with the cursor. Both are asked for at once, so
# that they belong together.
row() {
    local shown y
    shown=$(tm display-message -p -t clerk '#{cursor_y}' ';' capture-pane -p -t clerk)
    y=${shown%%$'\n'*}
    sed -n "$((y + 2))p" <<<"$shown"
}

# write TEXT: types it and waits until it stands where the cursor is. It has to
# fit on the line.
write() {
    tm send-keys -t clerk -l "$1"
    for ((look = 0; look < patience; look++)); do
        [[ $(row) != *"$1"* ]] || return 0
        sleep 0.05
    done
    fail "cannot be read where it was typed: $1"
}

# ended: waits until the program has left by itself.
ended() {
    for ((look = 0; look < patience; look++)); do
        tm has-session -t clerk 2>/dev/null || return 0
        sleep 0.05
    done
    fail "the program did not leave"
}

# to LABEL: goes down the form to a field.
to() {
    local here was=
    for ((look = 0; look < patience; look++)); do
        here=$(row)
        here=${here#[ *]}
        here=${here%%  *} # two blanks end the label
        [[ $here != "$1" ]] || return 0
        if [[ $here != "$was" ]]; then # the Tab before has arrived
            was=$here
            press Tab
            look=0
        else
            sleep 0.05
        fi
    done
    fail "there is no field $1"
}
