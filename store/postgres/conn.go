package postgres

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/jackc/pgx/v5/stdlib"
)

// A connector opens connections that say what became of a transaction.
type connector struct{ driver.Connector }

// Connect implements driver.Connector.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	in, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{in.(*stdlib.Conn)}, nil
}

type conn struct{ *stdlib.Conn }

// PrepareContext implements driver.ConnPrepareContext.
func (c *conn) PrepareContext(ctx context.Context, q string) (driver.Stmt, error) {
	in, err := c.Conn.PrepareContext(ctx, q)
	if err != nil {
		return nil, err
	}
	if q == "COMMIT" {
		return commit{in.(*stdlib.Stmt), c}, nil
	}
	return in, nil
}

// errGivenUp says that an error in a transaction was passed over. PostgreSQL answers
// the COMMIT of such a one with a ROLLBACK, which is no error to the driver.
var errGivenUp = errors.New("the transaction had failed before: nothing of it is kept")

// A commit commits, or fails.
type commit struct {
	*stdlib.Stmt
	on *conn
}

// ExecContext implements driver.StmtExecContext.
func (s commit) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	const failed = 'E' // in the protocol's words
	if s.on.Conn.Conn().PgConn().TxStatus() == failed {
		return nil, errGivenUp
	}
	return s.Stmt.ExecContext(ctx, args)
}
