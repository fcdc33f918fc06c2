# A clerk who types at a steady rate and whose keys are counted. To be sourced
# after docs/walk/tmux.sh.

rate=5 # keys a second, of a practised hand; thinking and reading are not in it

# A hand does not wait for the program unless what comes next has to be seen first:
# key N of a task is pressed N/rate seconds after its begin, or as soon as that
# can be seen.
now() { echo $((${EPOCHREALTIME/./} / 1000)); } # milliseconds

start() {
    keys=0
    due=$(now)
    began=$due
}

# beat N: waits for the time of N keys.
beat() {
    keys=$((keys + $1))
    due=$((due + $1 * 1000 / rate))
    local left=$((due - $(now)))
    if ((left > 0)); then
        sleep "$(printf '%d.%03d' $((left / 1000)) $((left % 1000)))"
    else
        due=$(now) # the program was waited for
    fi
}

# key NAME...: keys by tmux's names, each one press.
key() {
    local k
    for k; do
        beat 1
        press "$k"
    done
}

# keyed TEXT: letters and digits, each one press.
keyed() {
    local i
    for ((i = 0; i < ${#1}; i++)); do
        beat 1
        tm send-keys -t clerk -l "${1:i:1}"
    done
}

# han TEXT PINYIN: Chinese text through an input method: the letters of its full
# pinyin, and a space or a mark for each phrase.
han() {
    beat ${#2}
    tm send-keys -t clerk -l "$1"
}

# look TEXT...: what she has to see before she goes on.
look() { see "$@"; }

# took: the seconds since start.
took() {
    local ms=$(($(now) - began))
    printf '%d.%d' $((ms / 1000)) $((ms % 1000 / 100))
}
