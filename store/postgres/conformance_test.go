package postgres_test

import (
	"testing"

	"scanbay/store/postgres/pgtest"
	"scanbay/store/storetest"
)

// Which order facts come in matters to the folding, not to the engine: few histories will do.
func TestPostgreSQL(t *testing.T) { storetest.Run(t, pgtest.Opener(t), 2) }

// TestPostgreSQLInBulk takes even one fact as many are.
func TestPostgreSQLInBulk(t *testing.T) { storetest.InBulk(t, pgtest.Opener(t)) }
