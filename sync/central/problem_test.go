package central

import (
	"net/http"
	"testing"

	"scanbay/sync/wire"
)

// Every problem has a status of its own kind, and no status is of no problem.
func TestEveryProblemHasAStatus(t *testing.T) {
	if len(statuses) != len(wire.Problems) {
		t.Errorf("%d statuses of %d problems", len(statuses), len(wire.Problems))
	}
	for _, p := range wire.Problems {
		if s := statuses[p]; s < 400 || http.StatusText(s) == "" {
			t.Errorf("%s is %d", p, s)
		}
	}
}
