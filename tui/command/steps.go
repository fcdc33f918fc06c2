package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
)

// stepCmd takes a step of the approval.
func (r *runner) stepCmd() *cobra.Command {
	var version int
	var reason, request string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   r.t("step 编号 步骤 [--reason 理由] [--version N] [项目=值 …]", "step ID STEP [--reason TEXT] [--version N] [key=value …]"),
		Short: r.t("办理一步：送审、通过、批准、张贴……", "take a step: submit, pass, approve, post …"),
		Long: r.t(`办理审批的一步。步骤写中文或英文名，taizhang disclosure steps 编号 列出现在能办哪些、别的为什么不能。
通过、居监委同意、批准是对看过的那一稿签字，必须用 --version 写明看到的版本；内容已被改过时退出码 6。
没有权限，或自己拟的稿自己审，退出码 7。`,
			`Take a step of the approval. The step is named in Chinese or English; taizhang disclosure steps ID lists those that are open now and why the others are not.
pass, agree and approve sign the text that was read: --version must name the version seen. If it was changed meanwhile the exit code is 6.
Without the role, or on a text of one's own, the exit code is 7.`),
		Example: "  taizhang disclosure step D-2027-0012 送审\n  taizhang disclosure step D-2027-0012 通过 --version 3 未涉密=是 已脱敏=是 必要=是 准确=是\n  taizhang disclosure step D-2027-0012 return --reason 金额与凭证不符",
		Args:    r.atLeast(2, "disclosure step 编号 步骤 [项目=值 …]", "disclosure step ID STEP [key=value …]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, id, reg, err := r.openRecord(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			st := reg.StepOf(args[1])
			if st == nil {
				return usage("“%s”没有步骤“%s”，可用的有：%s", "%s has no step %q; it has: %s", reg.Words, model.Shorten(args[1]), stepNames(reg))
			}
			set, err := pairs(args[2:])
			if err == nil {
				err = distinct(reg, set)
			}
			if err != nil {
				return err
			}
			op := db.Op{Kind: db.Step, Register: reg.Key, ID: id, Base: version, Step: st.Key, Reason: reason}
			err = d.view(cmd.Context(), reg, func(_ *db.Snapshot, c *model.Context) error {
				if op.Values, err = c.Read(reg, set); err != nil {
					return usageError{err}
				}
				return nil
			})
			if err != nil {
				return err
			}
			res, err := d.write(cmd.Context(), request, op)
			if c := new(db.Conflict); errors.As(err, &c) {
				r.printConflict(cmd.Context(), d, c) // names who was there first
			}
			if err != nil {
				return err
			}
			saved := res.Records[0]
			if asJSON {
				return json.NewEncoder(r.Out).Encode(struct {
					savedJSON
					Also []string `json:"also,omitempty"`
				}{savedJSON{saved.ID, saved.Version}, saved.Also})
			}
			line := model.Sayf("%s 第%d版：%s", "%s v%d: %s", saved.ID, saved.Version, st.Words).In(r.lang)
			if len(saved.Also) > 0 {
				line += " → " + strings.Join(saved.Also, " ")
			}
			fmt.Fprintln(r.Out, line)
			return nil
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", r.t("理由", "the reason"))
	cmd.Flags().IntVar(&version, "version", 0, r.t("您看到的版本", "the version you saw"))
	cmd.Flags().BoolVar(&asJSON, "json", false, r.t("用 JSON 回答", "answer in JSON"))
	cmd.Flags().StringVar(&request, "request", "", r.t("请求号", "request id"))
	return cmd
}

func stepNames(reg *model.Register) (out model.Words) {
	if reg.Chain == nil {
		return model.W("无", "none")
	}
	for i, st := range reg.Chain.Steps {
		if i > 0 {
			out.ZH, out.EN = out.ZH+"、", out.EN+", "
		}
		out.ZH, out.EN = out.ZH+st.Words.ZH+" "+st.Key, out.EN+st.Key
	}
	return out
}

// offerJSON is a step as scripts read it.
type offerJSON struct {
	Step   string   `json:"step"`
	May    bool     `json:"may"`
	Why    string   `json:"why_not,omitempty"`
	Reason bool     `json:"reason"`
	Asks   []string `json:"asks"`
}

// stepsCmd lists what may be done with a record now, and why not the rest.
func (r *runner) stepsCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   r.t("steps 编号", "steps ID"),
		Short: r.t("现在能办哪些步骤、别的为什么不能，谁签过字", "which steps are open now and why not the others; who has signed"),
		Args:  r.exactly(1, "disclosure steps 编号", "disclosure steps ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, id, reg, err := r.openRecord(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			var offers []model.StepOffer
			var signed [][]string
			var head string
			err = d.view(cmd.Context(), reg, func(sn *db.Snapshot, c *model.Context) error {
				rec, err := sn.Get(id)
				if err != nil {
					return err
				}
				offers, signed = c.StepOffers(rec), c.Signed(rec, r.lang)
				if reg.Chain != nil {
					head = model.Sayf("%s 第%d版，%s", "%s v%d, %s", rec.ID, rec.Version, reg.Chain.State(rec, c)).In(r.lang)
				}
				return nil
			})
			if err != nil {
				return err
			}
			if offers == nil {
				return usage("“%s”没有审批步骤", "%s has no steps", reg.Words)
			}
			if asJSON {
				out := make([]offerJSON, len(offers))
				for i, o := range offers {
					out[i] = offerJSON{Step: o.Step.Key, May: o.Off == nil, Reason: o.Why, Asks: append([]string{}, o.Step.Asks...)}
					if o.Off != nil {
						out[i].Why = model.Say(o.Off, r.lang)
					}
				}
				enc := json.NewEncoder(r.Out)
				enc.SetEscapeHTML(false)
				enc.SetIndent("", "  ")
				return enc.Encode(out)
			}
			fmt.Fprintln(r.Out, oneLine(head))
			if len(signed) > 0 {
				if err := export.Table(r.Out, make([]export.Column, len(signed[0])), signed); err != nil {
					return err
				}
				fmt.Fprintln(r.Out)
			}
			var rows [][]string
			for _, o := range offers {
				line := []string{o.Step.Key, o.Step.Words.In(r.lang), r.t("可以", "open"), ""}
				if o.Off != nil {
					line[2], line[3] = r.t("不能", "not now"), model.Say(o.Off, r.lang)
				} else {
					line[3] = r.stepAsks(reg, o)
				}
				rows = append(rows, line)
			}
			return export.Table(r.Out, make([]export.Column, 4), rows)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, r.t("用 JSON 回答", "answer in JSON"))
	return cmd
}

// stepAsks says what a step asks for.
func (r *runner) stepAsks(reg *model.Register, o model.StepOffer) string {
	var parts []string
	if o.Step.Sees {
		parts = append(parts, "--version")
	}
	if o.Why {
		parts = append(parts, "--reason")
	}
	for _, key := range o.Step.Asks {
		if f := reg.Field(key); f != nil {
			parts = append(parts, f.Words.In(r.lang)+" "+key)
		}
	}
	return strings.Join(parts, r.t("、", ", "))
}
