package store

// FoldStatements lists the SQL that is made from the folded tables: how each is
// changed, looked up and read. An engine's test prepares it, with what stands in
// the source.
func FoldStatements() (out []string) {
	for i := range folded {
		t := &folded[i]
		out = append(out, t.upsert(), t.same(), t.read(), t.clear(), t.remove())
	}
	return out
}

// read is the statement that reads all rows of one warehouse.
func (t *table) read() string {
	return "SELECT " + list(t.key+" "+t.row) + " FROM " + t.name + " WHERE wh = ?"
}
