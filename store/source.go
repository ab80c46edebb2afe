package store

import "encoding/json"

// SourceMapped says how the columns of a source's files are called, for files of
// one kind: our name of a column to the header that stands for it.
type SourceMapped struct {
	Of      string            `json:"of"`
	Source  string            `json:"source"`
	Columns map[string]string `json:"columns"`
}

func (SourceMapped) Kind() string  { return "source_mapped" }
func (e SourceMapped) Ref() string { return e.Of + "/" + e.Source }
func (e SourceMapped) apply(at Stamp) []Change {
	columns, _ := json.Marshal(e.Columns) // texts; its keys are sorted
	return []Change{sources.raise(at, e.Of, e.Source, string(columns))}
}

// SourceMap reads how a source's columns are called; none when nobody said.
func (r *Reader) SourceMap(of, source string) (columns map[string]string, err error) {
	var text string
	known, err := r.one([]any{&text}, `
		SELECT columns FROM source_map WHERE wh = ? AND kind = ? AND source = ?`, of, source)
	if err == nil && known {
		err = json.Unmarshal([]byte(text), &columns)
	}
	return columns, err
}
