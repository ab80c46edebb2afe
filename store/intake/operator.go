package intake

import (
	"errors"

	"scanbay/store"
)

// operatorColumns are those of operators.
var operatorColumns = []column{
	{"number", "工号 编号 员工号 工牌号 operator badge", code, must},
	{"name", "姓名 名字", text, must},
	{"roles", "角色 岗位 权限 role", roles, may},
	{"pin", "密码 口令", pin, may},
	{"language", "语言 lang", langs.read, may},
	{"active", "在职 启用 状态 status", bit, may},
}

type operatorRow struct {
	store.Operator
	pin string
}

// fields stand in the order of the columns.
func (x *operatorRow) fields() []any {
	return []any{&x.ID, &x.Name, &x.Roles, &x.pin, &x.Lang, &x.Active}
}

// operators takes people as they are from now on. A PIN is kept at this station
// and recorded nowhere; without one, the PIN that a person has stays.
func (t *taking) operators() error {
	for rows := range t.each(t.single("number")) {
		r := rows[0]
		var x operatorRow
		t.fill(r, x.fields())
		known, err := t.tx.Operator(x.ID) // also refuses one who is not active, and reads them
		if _, err = unknown(err); err != nil {
			return err
		}
		x.Operator = known
		t.fill(r, x.fields())
		if known.ID == "" && t.cell(r, t.column("active")) == "" {
			x.Active = true
		}
		changed := x.Operator != known
		if changed {
			if err := t.tx.Record(store.OperatorSaved{Operator: x.Operator}); err != nil {
				return err
			}
		}
		if x.pin != "" {
			if t.key == nil {
				return errors.New("PINs need the key of this device")
			}
			set, err := t.key.SetPIN(t.tx, x.ID, x.pin)
			if err != nil {
				return err
			}
			changed = changed || set
		}
		if changed {
			t.Taken++
		} else {
			t.Same++
		}
	}
	return nil
}
