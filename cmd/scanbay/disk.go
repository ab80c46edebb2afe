package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"scanbay/tui"
	"scanbay/tui/i18n"
)

const (
	diskEvery = 30 * time.Second
	// diskLow leaves room for a week of work: an event is less than a kilobyte.
	diskLow  = 256 << 20
	megabyte = 1 << 20
)

// watchDisk tells the program when the database's disk is nearly full, and when
// it no longer is.
func (st *station) watchDisk(ctx context.Context) {
	for folder := filepath.Dir(st.store.Path()); ctx.Err() == nil; pause(ctx, diskEvery) {
		free, err := diskFree(folder)
		if err != nil {
			st.log.Error("disk", "err", err)
			continue
		}
		st.program.Send(tui.HealthMsg{Name: i18n.DiskNearlyFull, OK: free >= diskLow,
			Detail: fmt.Sprintf("%d MB", free/megabyte)})
	}
}
