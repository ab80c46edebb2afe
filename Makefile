# Tiers: test (3 minutes), check, soak (20 minutes), long (by hand). .ci/run runs the
# first three.

GO          ?= go
STATICCHECK ?= honnef.co/go/tools/cmd/staticcheck@v0.8.2
PLATFORMS   ?= linux/amd64 linux/arm64 windows/amd64 windows/arm64 darwin/amd64 darwin/arm64
RACED       ?= ./scanner/... ./tui
# Of cmd, the tests that run the program: scenarios have one goroutine, and take long.
PROCESSES   ?= AKill|Byte|Terminal|Station|Scanner|Scale|Printe|DemoIsThere|Part|RehearsalOf
# Central and its stations among them, and a rehearsal that counts: under the race detector
# they take so long that operations are cut off.
UNRACED     ?= Central|ASiteGrows|ACode|ARestored|ASilentLine|RealLosses
KILLED      ?= AKillLosesNoAnswer|ARehearsalIsKilled|CentralAreKilled|CrashesUnderCentral
GOLDEN      ?= ./tui ./tui/screens ./cmd/scanbay
FUZZTIME    ?= 2m
SEEDS       ?= 300
STEPS       ?= 10000

.PHONY: demo test check soak race kills cross postgres floor long fuzz bench month golden sim \
	sim-bugs

demo:
	@$(GO) run ./cmd/scanbay demo

test:
	$(GO) test -timeout 20m ./...

check:
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then \
		echo "gofmt -w $$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

soak: race kills cross postgres sim floor

# What runs beside something else, the program itself included. SQLite is slow under
# the race detector, so packages with one goroutine are left out; the suite of the
# store is raced on PostgreSQL.
race:
	$(GO) test -race -timeout 30m $(RACED)
	SCANBAY_RACE=1 $(GO) test -race -timeout 20m -run '$(PROCESSES)' -skip '$(UNRACED)' \
		./cmd/scanbay

kills:
	SCANBAY_KILLS=50 SCANBAY_REQUIRE_POSTGRES=1 $(GO) test -count 1 -timeout 25m -v \
		-run '$(KILLED)' ./cmd/scanbay

cross:
	@for p in $(PLATFORMS); do echo "build $$p"; \
		CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} $(GO) build -o /dev/null ./cmd/scanbay || exit 1; \
	done

postgres:
	SCANBAY_REQUIRE_POSTGRES=1 $(GO) test -race -count 1 -timeout 20m ./store/postgres

# Central and its stations in any mess, from so many seeds: make sim SEEDS=10000.
sim:
	SCANBAY_SEEDS=$(SEEDS) $(GO) test -count 1 -timeout 0 -v -run NothingIsLost ./sync/simtest

# Random people at one warehouse, whom no rule of the ledger gives way to.
floor:
	SCANBAY_STEPS=$(STEPS) $(GO) test -count 1 -timeout 20m -v -run AnyFloor ./store/sqlite

# Bugs that somebody might have written, each until the simulation catches it.
sim-bugs:
	SCANBAY_BUGS=1 $(GO) test -count 1 -timeout 0 -v -run PlantedBugs ./sync/simtest

# A month of real orders, with mistakes.
month:
	$(GO) run ./cmd/scanbay rehearse --operators 2 --errors 5% \
		cmd/scanbay/testdata/rehearse/online-retail-2010-12.csv.gz

long: fuzz bench month sim-bugs
	$(MAKE) sim SEEDS=10000
	SCANBAY_KILLS=1000 $(GO) test -count 1 -timeout 90m -v -run '$(KILLED)' ./cmd/scanbay

fuzz:
	@for at in scanner:FuzzReader scanner/gs1:FuzzParse scanner/wedge:FuzzTokens \
		scanner/evdev:FuzzEvents scanner/hid:FuzzReports scanner/serial:FuzzPackets \
		scanner/scale:FuzzTelegrams \
		store/intake:FuzzParse; do \
		$(GO) test -run '^$$' -fuzz "$${at#*:}\$$" -fuzztime $(FUZZTIME) "./$${at%:*}" || exit 1; \
	done

bench:
	$(GO) test -run '^$$' -bench . -benchtime 1x ./scanner/gs1 ./scanner/wedge \
		./cmd/scanbay

# Rewrites what the golden screens and the scenarios compare with. Read the difference.
golden:
	$(GO) test -count 1 $(GOLDEN) -update
