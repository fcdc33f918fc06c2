package command

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
)

// settingsCmd is about the fields, registers and terms that an office adds.
func (r *runner) settingsCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "settings",
		Short: r.t("本单位自加的项目、台账和词", "the office's own fields, registers and terms"),
		Long: r.t(`本单位自加的项目、自建的台账、词表和词。export 写成 JSON 文件，改好后 import 读回，一次全部生效；也可在屏幕里改（菜单 9，s）。

文件的样子（没有的部分可以不写）：
{
  "taizhang_settings": 1,
  "fields": [{"register": "activity", "key": "x_tq", "zh": "天气", "type": "pick", "vocab": "X_TQ", "class": "open", "col": 3}],
  "registers": [{"key": "x_yq", "letter": "XA", "zh": "养犬登记", "name_field": "x_qm", "date_field": "x_rq", "fields": [
    {"key": "x_qm", "zh": "犬名", "type": "text", "required": true, "col": 1}, {"key": "x_rq", "zh": "日期", "type": "date", "col": 2}]}],
  "vocabs": [{"code": "X_TQ", "zh": "天气情况", "terms": [{"zh": "晴"}, {"zh": "雨"}]}],
  "terms": [{"vocab": "LINE", "zh": "养老服务"}, {"vocab": "LINE", "zh": "民防", "retired": true}]
}
fields、registers 里的项目可写：en max required vocab refs or_text sub class mask carry col cells hint hint_en removed。
type：text note int dec bool money date time pick picks ref refs list occasion period。
class（不写为 internal）：open internal personal sensitive。mask：name id_number birth phone address bank health category story party photo。
"office"（不写为 three）：three、two、one，审批由几个人分工。
公示单落款："notice": {"phone": "0531-82345678", "box": "一楼大厅意见箱", "approval": true}（监督电话、意见箱、是否印审批行）。
办理时限："deadlines": {"petition_notice": 7, "petition_close": {"咨询求助": 3}, "need_revisit": 15, "meetings": {"党课": 4}}（信访告知、办结和需求回访的天数，每年开会次数，-1 不要求）。
文件里没有写的旧条目不会丢：算作停用（removed、retired），旧记录照样看得到。`,
			`The office's own fields, registers, vocabularies and terms. export writes them as a JSON file; change it and import it again, all at once. The screens do the same (menu 9, then s).

The file (parts may be missing):
{
  "taizhang_settings": 1,
  "fields": [{"register": "activity", "key": "x_weather", "zh": "Weather", "type": "pick", "vocab": "X_SKY", "class": "open", "col": 3}],
  "registers": [{"key": "x_dogs", "letter": "XA", "zh": "Dogs", "name_field": "x_name", "date_field": "x_since", "fields": [
    {"key": "x_name", "zh": "Dog's name", "type": "text", "required": true, "col": 1}, {"key": "x_since", "zh": "Since", "type": "date", "col": 2}]}],
  "vocabs": [{"code": "X_SKY", "zh": "Sky", "terms": [{"zh": "sunny"}, {"zh": "rain"}]}],
  "terms": [{"vocab": "LINE", "zh": "elder-care"}]
}
A field may also have: en max required vocab refs or_text sub class mask carry col cells hint hint_en removed.
type: text note int dec bool money date time pick picks ref refs list occasion period.
class (internal unless said): open internal personal sensitive. mask: name id_number birth phone address bank health category story party photo.
"office" (three unless said): three, two or one, how many people share an approval.
The foot of posters: "notice": {"phone": "0531-82345678", "box": "box in the hall", "approval": true}: supervision phone, opinion box, whether the line of approval is printed.
Deadlines: "deadlines": {"petition_notice": 7, "petition_close": {"咨询求助": 3}, "need_revisit": 15, "meetings": {"党课": 4}}: days for notice and close of petitions and to call back after a need, meetings a year (-1: none).
What the file leaves out is not lost but marked removed or retired: old records keep it.`),
		Example: "  taizhang settings export --out settings.json\n  taizhang settings import settings.json --dry-run\n  taizhang settings import settings.json",
		Args:    r.noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.settingsShowCmd(), r.settingsExportCmd(), r.settingsImportCmd())
	return cmd
}

func (r *runner) settingsShowCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show",
		Short: r.t("列出自加的项目、台账和词", "list the own fields, registers and terms"),
		Args:  r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, set, err := r.settings(cmd)
			if err != nil {
				return err
			}
			if asJSON {
				_, err := r.Out.Write(set.Custom.JSON())
				return err
			}
			var rows [][]string
			for _, c := range (model.Custom{}).ChangesTo(set.Custom) {
				mark := ""
				if c.Mark == "-" || c.Removed {
					mark = r.t("停用", "removed")
				}
				_, line, _ := strings.Cut(c.Words.In(r.lang), " ")
				rows = append(rows, []string{line, mark})
			}
			for _, p := range set.Problems {
				r.complain(p.Words.In(r.lang))
			}
			fmt.Fprintln(r.Out, model.Sayf("设置第 %d 版", "settings, version %d", set.Version).In(r.lang))
			return export.Table(r.Out, make([]export.Column, 2), rows)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, r.t("写成设置文件的样子", "as the settings file"))
	return cmd
}

// settings reads the settings as this person.
func (r *runner) settings(cmd *cobra.Command) (*desk, db.Settings, error) {
	d, err := r.open(cmd.Context())
	if err != nil {
		return nil, db.Settings{}, err
	}
	if err := model.Can(d.actor, model.ActView, nil); err != nil {
		return nil, db.Settings{}, denied(err)
	}
	set, err := d.ledger.Settings(cmd.Context())
	return d, set, err
}

func (r *runner) settingsExportCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   r.t("export --out 文件", "export --out FILE"),
		Short: r.t("写成文件（从不覆盖）", "write them to a file (never overwritten)"),
		Args:  r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return usage("请用 --out 写明文件", "name the file with --out")
			}
			_, set, err := r.settings(cmd)
			if err != nil {
				return err
			}
			f, err := export.Create(out)
			if err != nil {
				return err
			}
			defer f.Abort()
			if _, err := f.Write(set.Custom.JSON()); err != nil {
				return err
			}
			if err := f.Commit(); err != nil {
				return err
			}
			_, err = fmt.Fprintln(r.Out, f.Path())
			return err
		},
	}
	cmd.Flags().StringVar(&out, "out", "", r.t("写到哪个文件", "the file to write"))
	return cmd
}

func (r *runner) settingsImportCmd() *cobra.Command {
	var dryRun bool
	var reason string
	cmd := &cobra.Command{
		Use:   r.t("import 文件", "import FILE"),
		Short: r.t("读回设置文件，列出不同，一次全部生效", "take in a settings file: the differences are listed and take effect at once"),
		Args:  r.exactly(1, "settings import 文件", "settings import FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, set, err := r.settings(cmd)
			if err != nil {
				return err
			}
			if err := model.Can(d.actor, model.ActSettings, nil); err != nil {
				return denied(err)
			}
			b, err := r.readSmall(args[0])
			if err != nil {
				return err
			}
			custom, err := model.ReadCustom(b)
			if err != nil {
				return usageError{err}
			}
			custom = custom.Keep(set.Custom)
			if _, problems := model.NewSchemaWith(custom); len(problems) > 0 {
				return usageError{problems}
			}
			changes := set.Custom.ChangesTo(custom)
			if !dryRun {
				change := db.SettingsChange{Base: set.Version, Custom: custom, Reason: reason}
				if set, err = d.ledger.SaveSettings(cmd.Context(), d.actor, change); err != nil {
					if _, ok := err.(model.Problems); ok {
						return usageError{err}
					}
					return err
				}
			}
			for _, c := range changes {
				fmt.Fprintln(r.Out, oneLine(c.Words.In(r.lang)))
			}
			switch {
			case len(changes) == 0:
				fmt.Fprintln(r.Out, r.t("没有不同", "nothing differs"))
			case dryRun:
				fmt.Fprintln(r.Out, r.t("没有存（--dry-run）", "not stored (--dry-run)"))
			default:
				fmt.Fprintln(r.Out, model.Sayf("已存为设置第 %d 版", "stored as version %d of the settings", set.Version).In(r.lang))
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, r.t("只列出不同，不存", "list the differences, store nothing"))
	cmd.Flags().StringVar(&reason, "reason", "", r.t("原因，记入流水", "the reason, kept in the journal"))
	return cmd
}

// readSmall reads a file of at most 1 MB, or standard input for "-".
func (r *runner) readSmall(path string) ([]byte, error) {
	const most = 1 << 20
	in := r.In
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, usage("打不开 %s", "cannot open %s", model.Shorten(path))
		}
		defer f.Close()
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			return nil, usage("%s 不是普通文件", "%s is not a regular file", model.Shorten(path))
		}
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, most+1))
	if err != nil {
		return nil, usage("读不出 %s", "cannot read %s", model.Shorten(path))
	}
	return b, nil
}

// schema is the ledger's, or the built-in one where no ledger can be opened.
func (r *runner) schema() *model.Schema {
	if p, err := r.path(); err == nil {
		if l, err := db.Open(p, r.options()); err == nil {
			return l.Schema()
		}
	}
	return model.NewSchema()
}
