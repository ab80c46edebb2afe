package postgres_test

import (
	"testing"

	"scanbay/store/postgres/pgtest"
	"scanbay/store/storetest"
)

func TestPostgreSQL(t *testing.T) { storetest.Run(t, pgtest.Opener(t)) }

// TestPostgreSQLInBulk takes even one fact as many are.
func TestPostgreSQLInBulk(t *testing.T) { storetest.InBulk(t, pgtest.Opener(t)) }
