package plain

import (
	"errors"

	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

// standing writes a file. What the privacy check finds in it is read out; an
// approver is asked for a reason for each, with which it is written again. done says
// that there is a file.
func (d *desk) standing(write func(reasons []string) error) (done bool, err error) {
	var reasons []string
	for {
		err := write(reasons)
		var blocked *export.Blocked
		switch {
		case err == nil:
			return true, nil
		case !errors.As(err, &blocked):
			return false, err
		}
		d.say(blocked.Words)
		for _, line := range blocked.Lines(d.lang) {
			d.line(line)
		}
		if !blocked.Asks {
			return false, nil
		}
		reasons = nil
		for i := 0; i < len(blocked.Found); {
			found := blocked.Found[i]
			text, err := d.ask(model.Sayf(wStandAsk.ZH, wStandAsk.EN, i+1, len(blocked.Found), found.Kind.Words(), found.Masked, export.LeastReason))
			switch {
			case err != nil || isBack(command(text)):
				return false, err
			case model.Characters(text) < export.LeastReason:
				d.sayf(words.OverrideShort, export.LeastReason)
			default:
				reasons = append(reasons, text)
				i++
			}
		}
	}
}
