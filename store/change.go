package store

import (
	"errors"
	"fmt"
	"strings"
)

// A folded table takes one kind of change, and the four kinds commute:
//
//	put    an immutable row, by its id
//	add    to sums, the columns of the row
//	raise  a register: the row with the higher stamp stays
//	once   a key: the changes behind it are made the first time only
//
// Every key begins with wh, which Tx supplies.
type table struct{ name, takes, key, row string }

// The folded tables. The columns stand in the order of the nouns' fields.
var (
	items = table{"item", "raise", "item", "name short spec category brand supplier unit " +
		"length width height weight weighed cost price currency fragile valuable " +
		"lots serials expiries shelf_days stop_days multiple active safety reorder stamp"}
	itemCodes = table{"item_code", "raise", "code item", "qty unit active stamp"}
	lots      = table{"lot", "raise", "item lot", "made expires stamp"}
	places    = table{"place", "raise", "place",
		"kind zone aisle bay level walk capacity mixing active stamp"}
	operators  = table{"operator", "raise", "operator", "name roles lang active stamp"}
	cartonKind = table{"carton_type", "raise", "type",
		"name length width height tare weight_max active stamp"}
	reasons  = table{"reason", "raise", "use reason", "en zh liable active stamp"}
	settings = table{"setting", "raise", "name", "value stamp"}
	rules    = table{"rule", "raise", "channel rule", "active param stamp"}
	stations = table{"station", "raise", "station", "prefix epoch key active at stamp"}
	files    = table{"taken_file", "put", "hash", "kind name entries"}
	sources  = table{"source_map", "raise", "kind source", "columns stamp"}
	layouts  = table{"layout", "raise", "zone",
		"aisles pitch bay bays blocks sides depot cross_n one_way stamp"}

	orders = table{"sales_order", "raise", "order_id",
		"channel shop platform_no customer recipient " +
			"buyer_remark seller_remark currency freight discount tax pay_method paid cod " +
			"mode service freight_payer carrier waybill province priority placed ship_by content " +
			"stamp"}
	orderLines = table{"order_line", "raise", "order_id line",
		"item qty price discount paid tax parent gift stamp"}
	orderCuts   = table{"order_cut", "add", "order_id line", "cancelled refunded"}
	orderStates = table{"order_state", "raise", "order_id", "state reasons note operator at stamp"}
	payments    = table{"payment", "put", "order_id payment", "kind amount method operator at"}
	questions   = table{"order_question", "raise", "order_id n",
		"question asked_by asked_at answer answered_by answered_at stamp"}
	orderChanges = table{"order_change", "put", "order_id change", "body source operator at"}
	changeStates = table{"order_change_state", "raise", "order_id change",
		"state reason operator at stamp"}
	reserved = table{"reservation", "add", "item order_id line", "need want tasked used short"}

	slips = table{"slip", "put", "slip",
		"carrier mode service priority ship_by released walk plain"}
	slipStates  = table{"slip_state", "raise", "slip", "state at stamp"}
	slipLines   = table{"slip_line", "put", "slip line", "item qty"}
	slipSources = table{"slip_source", "put", "slip line order_id order_line", "qty"}
	slipStops   = table{"slip_stop", "add", "slip line order_id order_line",
		"n held back unused"}
	tasks       = table{"task", "put", "task", "slip line place item lot want walk"}
	allocations = table{"allocation", "add", "item place lot task", "want picked short"}
	lineSums    = table{"line_sum", "add", "slip line", "want picked short packed shipped"}
	skips       = table{"skip", "raise", "task", "n stamp"}
	leases      = table{"lease", "raise", "slip", "operator station token held at ahead stamp"}
	works       = table{"work", "raise", "slip", "task place at stamp"}
	slipTotes   = table{"slip_tote", "raise", "slip tote", "bound stamp"}

	cartons      = table{"carton", "put", "carton", "slip type n opened"}
	cartonStates = table{"carton_state", "raise", "carton", "step round operator at stamp"}
	waybills     = table{"waybill", "raise", "waybill slip", "carrier carton state stamp"}

	cartonWeights = table{"carton_weight", "raise", "carton",
		"round grams want off disc begun item n tare at stamp"}
	packingRules = table{"packing_rule", "raise", "scope",
		"material twice insured signed type active stamp"}
	handovers    = table{"handover", "put", "handover", "carrier dock truck operator station at"}
	handoverEnds = table{"handover_end", "raise", "handover", "signed operator at stamp"}
	departures   = table{"departure", "raise", "carton", "slip carrier handover n at stamp"}
	moves        = table{"shipment_move", "put", "waybill state at",
		"slip place note source operator"}

	sent     = table{"sent", "add", "slip line item lot serial", "n"}
	signOffs = table{"sign_off", "raise", "slip line",
		"waybill signed short over damaged at stamp"}

	returnPolicies = table{"return_policy", "raise", "scope",
		"days final grades restocking carriage bearer above proof active stamp"}
	grades     = table{"grade", "raise", "grade", "en zh disposition n active stamp"}
	checklists = table{"checklist", "raise", "category", "points stamp"}

	rmas = table{"rma", "put", "rma",
		"customer recipient channel how wants proof source note asked placed"}
	rmaLines  = table{"rma_line", "put", "rma line", "item qty reason order_id order_line note"}
	rmaStates = table{"rma_state", "raise", "rma",
		"state findings note operator at restocking carriage came stamp"}
	rmaWaybills = table{"rma_waybill", "raise", "waybill rma", "carrier stamp"}
	rmaGoods    = table{"rma_goods", "add", "rma item order_id line",
		"received away inspected shelved"}
	rmaSteps  = table{"rma_step", "raise", "rma step", "at stamp"}
	rmaOrders = table{"rma_order", "put", "rma order_id", "source n operator"}

	parcels = table{"return_parcel", "put", "parcel",
		"waybill carrier condition rma note arrived"}
	parcelStates = table{"return_parcel_state", "raise", "parcel", "state at stamp"}
	strays       = table{"stray", "put", "stray", "rma parcel code n place note operator at"}
	strayEnds    = table{"stray_end", "raise", "stray", "state operator at stamp"}
	strayOut     = table{"stray_out", "add", "stray", "n"}
	receivers    = table{"rma_receiver", "add", "rma operator", "n"}

	returned    = table{"returned", "add", "order_id line item lot serial", "n"}
	returnStock = table{"return_stock", "add",
		"place item lot serial rma order_id line grade disposition", "n"}
	inspections = table{"inspection", "put", "inspection rma order_id line",
		"item lot serial n grade disposition was checked note at had had_as pays paid"}

	refunds = table{"refund", "put", "refund",
		"rma order_id carriage given_before amount currency note operator at"}
	refundLines    = table{"refund_line", "put", "refund line", "n paid tax fee"}
	refundsSettled = table{"refund_settled", "raise", "refund", "no method operator at stamp"}
	refundsGone    = table{"refund_withdrawn", "raise", "refund", "at stamp"}
	refundsWait    = table{"refund_wait", "raise", "rma order_id",
		"source amount room open at stamp"}
	cares    = table{"aftercare", "put", "aftercare", "kind partner no goods operator at"}
	careEnds = table{"aftercare_end", "put", "closing",
		"aftercare state goods note operator at"}
	caresOf     = table{"rma_aftercare", "put", "rma aftercare", ""}
	notices     = table{"notice", "raise", "ref kind", "at stamp"}
	noticesSent = table{"notice_sent", "raise", "ref kind", "since at stamp"}

	todos = table{"todo", "raise", "kind ref", "open at stamp"}

	stock         = table{"stock", "add", "place item lot serial", "n"}
	reversals     = table{"reversed", "once", "event", ""}
	discrepancies = table{"discrepancy", "put", "disc",
		"kind slip task place item lot n reason note operator at about"}
	discEnds = table{"discrepancy_end", "raise", "disc", "state cause note operator at stamp"}

	countPlans  = table{"count_plan", "put", "plan", "why note operator at"}
	countTasks  = table{"count_task", "put", "task", "place item round first disc plan"}
	stockCounts = table{"stock_count", "put", "count_id",
		"task place item first operator station at cut"}
	countsOpen = table{"count_open", "raise", "count_id", "place operator station open at stamp"}
	countBooks = table{"count_book", "put", "count_id item lot serial", "n"}
	countScans = table{"count_scan", "put", "scan",
		"count_id item lot serial n book code cases at"}
	countsDone = table{"count_done", "put", "count_id", "place item batches sure at"}

	countTasksDone = table{"count_task_done", "put", "task count_id", ""}

	countLines = table{"count_line", "put", "count_id item lot serial", "n low high"}
	countCodes = table{"count_code", "put", "count_id code", "n"}
	variances  = table{"variance", "raise", "first",
		"count_id place state findings note operator at stamp"}
	varianceSeen = table{"variance_approval", "raise", "first operator",
		"count_id lines cause note at stamp"}
	countPolicies = table{"count_policy", "raise", "class",
		"days pieces percent worth two active stamp"}
	itemClasses = table{"item_class", "raise", "item", "class at stamp"}
	adjusted    = table{"adjusted", "once", "about lines", ""}
	adjustments = table{"adjustment", "put", "about lines place item lot serial", "n"}
	adjustedBy  = table{"adjusted_by", "raise", "about",
		"place cause note operator second worth at stamp"}

	alertsSeen = table{"alert_seen", "raise", "kind ref", "level n since until operator at stamp"}
)

// folded lists every table that events change, and that nothing else does.
var folded = []table{
	items, itemCodes, lots, places, operators, cartonKind, reasons, settings, rules, files,
	sources, layouts, stations,
	orders, orderLines, orderCuts, orderStates, payments, questions, orderChanges, changeStates,
	reserved,
	slips, slipStates, slipLines, slipSources, slipStops, tasks, allocations, lineSums, skips,
	leases, works, slipTotes,
	cartons, cartonStates, waybills, cartonWeights, packingRules, handovers, handoverEnds,
	departures, moves,
	sent, signOffs, returnPolicies, grades, checklists,
	rmas, rmaLines, rmaStates, rmaWaybills, rmaGoods, rmaSteps, rmaOrders,
	parcels, parcelStates, strays, strayEnds, strayOut, receivers, returned, returnStock,
	inspections,
	refunds, refundLines, refundsSettled, refundsGone, refundsWait,
	cares, careEnds, caresOf, notices, noticesSent,
	todos, stock, reversals, discrepancies, discEnds,
	countPlans, countTasks, stockCounts, countsOpen, countBooks, countScans, countsDone,
	countTasksDone, countLines, countCodes, countPolicies, itemClasses, variances, varianceSeen,
	adjusted, adjustments, adjustedBy,
	alertsSeen,
}

// A Change is one change to one row of a folded table.
type Change struct {
	table *table
	vals  []any    // the key's columns and then the row's; pointers will do
	then  []Change // behind a once
}

// put is a change with the values of all columns: of a put, and of an add.
func (t *table) put(row ...any) Change { return Change{table: t, vals: row} }

func (t *table) raise(at Stamp, row ...any) Change { return t.put(append(row, []byte(at))...) }

func (t *table) once(then []Change, key ...any) Change { return Change{t, key, then} }

// columns are those of the key, without wh, and then those of the row.
func (t *table) columns() []string { return strings.Fields(t.key + " " + t.row) }

func list(columns string) string { return strings.Join(strings.Fields(columns), ", ") }

// upsert is the statement that makes a change, in SQL that both engines read.
func (t *table) upsert() string {
	q := fmt.Sprintf("INSERT INTO %s (wh, %s) VALUES (?%s) ON CONFLICT (wh, %s) DO ", t.name,
		list(t.key+" "+t.row), strings.Repeat(", ?", len(t.columns())), list(t.key))
	var set []string
	for _, c := range strings.Fields(t.row) {
		switch t.takes {
		case "add":
			set = append(set, fmt.Sprintf("%s = %s.%s + excluded.%s", c, t.name, c, c))
		case "raise":
			set = append(set, c+" = excluded."+c)
		}
	}
	switch t.takes {
	case "add":
		return q + "UPDATE SET " + strings.Join(set, ", ")
	case "raise":
		return q + "UPDATE SET " + strings.Join(set, ", ") +
			" WHERE excluded.stamp > " + t.name + ".stamp"
	}
	return q + "NOTHING"
}

// same is the statement that looks for a put's row as it should be.
func (t *table) same() string {
	q := "SELECT count(*) FROM " + t.name + " WHERE wh = ?"
	for _, c := range t.columns() {
		q += " AND " + c + " = ?"
	}
	return q
}

// ErrContradiction says that a fact puts a row that is known otherwise: a bug,
// or somebody's hand in the file.
var ErrContradiction = errors.New("a known row with other content")

// flush makes changes. Nothing else writes a folded table.
func (tx *Tx) flush(changes []Change) error {
	for _, c := range changes {
		args := append([]any{tx.s.id.Warehouse}, c.vals...)
		made, err := tx.exec(tx.s.upserts[c.table.name], args...)
		if err != nil {
			return fmt.Errorf("fold %s: %w", c.table.name, err)
		}
		if made == 0 && c.table.takes == "put" {
			n, err := tx.count(c.table.same(), c.vals...)
			if err == nil && n == 0 {
				err = ErrContradiction
			}
			if err != nil {
				return fmt.Errorf("fold %s: %w", c.table.name, err)
			}
		}
		if made > 0 && c.then != nil {
			if err := tx.flush(c.then); err != nil {
				return err
			}
		}
	}
	return nil
}

// flushTaken makes the changes of another's fact, unless it puts a row that is known
// otherwise: then it makes none, and says so. Nobody behind that fact is to wait for it.
func (tx *Tx) flushTaken(changes []Change) (contradicts bool, err error) {
	var put, rest []Change
	for _, c := range changes {
		if c.table.takes != "put" {
			rest = append(rest, c)
			continue
		}
		made, err := tx.exec(tx.s.upserts[c.table.name],
			append([]any{tx.s.id.Warehouse}, c.vals...)...)
		if err != nil {
			return false, fmt.Errorf("fold %s: %w", c.table.name, err)
		}
		if made > 0 {
			put = append(put, c)
			continue
		}
		n, err := tx.count(c.table.same(), c.vals...)
		if err != nil {
			return false, fmt.Errorf("fold %s: %w", c.table.name, err)
		}
		if n == 0 {
			return true, tx.unput(put)
		}
	}
	return false, tx.flush(rest)
}

// unput takes rows out that were put a moment ago.
func (tx *Tx) unput(put []Change) error {
	for _, c := range put {
		key := c.vals[:len(strings.Fields(c.table.key))]
		if _, err := tx.exec(c.table.remove(),
			append([]any{tx.s.id.Warehouse}, key...)...); err != nil {
			return fmt.Errorf("fold %s: %w", c.table.name, err)
		}
	}
	return nil
}

// remove is the statement that takes one row out.
func (t *table) remove() string {
	q := "DELETE FROM " + t.name + " WHERE wh = ?"
	for _, c := range strings.Fields(t.key) {
		q += " AND " + c + " = ?"
	}
	return q
}

// reverse gives the changes that take the sums of changes back. Rows that were
// put and registers that were raised stay: they tell what happened.
func reverse(changes []Change) (out []Change) {
	for _, c := range changes {
		if c.table.takes != "add" {
			continue
		}
		vals := append([]any(nil), c.vals...)
		for i := len(strings.Fields(c.table.key)); i < len(vals); i++ {
			vals[i] = -vals[i].(Qty)
		}
		out = append(out, c.table.put(vals...))
	}
	return out
}
