//go:build ignore

// This program makes readings.bin, the dictionary of readings as glyphOf asks
// it, from github.com/mozillazg/go-pinyin:
//
//	go generate ./model/pinyin
//
// TestDictionary compares the two for every character.
package main

import (
	"bytes"
	"encoding/binary"
	"log"
	"os"
	"slices"
	"strings"
	"unicode"

	dictionary "github.com/mozillazg/go-pinyin"

	"taizhang/model/pinyin"
)

func main() {
	var index, lines bytes.Buffer
	at := map[string]int{}
	count := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		toned := dictionary.SinglePinyin(r, dictionary.Args{Style: dictionary.Tone3})
		if len(toned) == 0 {
			continue
		}
		words := toned[:1]
		for _, s := range dictionary.SinglePinyin(r, dictionary.Args{Style: dictionary.Normal, Heteronym: true}) {
			if pinyin.Plain(s) && !slices.Contains(words[1:], s) {
				words = append(words, s)
			}
		}
		line := strings.Join(words, " ")
		if _, ok := at[line]; !ok {
			at[line] = lines.Len()
			lines.WriteString(line + "\n")
		}
		if at[line] > 0xFFFFFF {
			log.Fatal("the dictionary has outgrown its index")
		}
		index.Write([]byte{byte(r >> 16), byte(r >> 8), byte(r), byte(at[line] >> 16), byte(at[line] >> 8), byte(at[line])})
		count++
	}
	out := binary.BigEndian.AppendUint32(nil, uint32(count))
	out = append(append(out, index.Bytes()...), lines.Bytes()...)
	if err := os.WriteFile("readings.bin", out, 0o644); err != nil {
		log.Fatal(err)
	}
}
