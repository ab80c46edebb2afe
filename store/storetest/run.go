package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
)

var background = context.Background()

// Run is the conformance suite that every engine passes. In so many random histories every
// order of the facts ends equal; Histories have every kind of fact among them.
func Run(t *testing.T, open Opener, histories uint64) {
	all := map[string]func(*testing.T, Opener){
		"AnOrderGoesOutOfTheDoor":             throughTheDoor,
		"EveryAnsweredScanIsOneEvent":         everyScan,
		"WrongThingsAreToldApart":             toldApart,
		"NeverOversold":                       neverOversold,
		"WhatComesLaterIsReservedAndSent":     topUp,
		"AShortIsTakenElsewhere":              shortElsewhere,
		"AShortLeavesWhatOthersHold":          shortBesideOthers,
		"SkippedTasksComeBack":                skipped,
		"LotsAndSerialsAreTaken":              lotsAndSerials,
		"APickIsUndoneOnce":                   undoTwice,
		"AnUndoneLastPackOpensTheCarton":      undoSeal,
		"ASharedToteKeepsCustomersApart":      sharedTote,
		"ATwinInTheToteUndoesNothing":         twinInTote,
		"UndoIsTheHolders":                    undoIsTheHolders,
		"LotsThatAreNotThere":                 lotsThatAreNotThere,
		"WaybillsThatLookLikeItems":           waybillsThatLookLikeItems,
		"APieceThatLacksTwoThings":            askedTwice,
		"GoodsThatAreMissedAtPacking":         missedAtPacking,
		"ASingleIsFoundByItsSerial":           singleBySerial,
		"AnEmptyCartonIsNoParcel":             emptyCartonIsNoParcel,
		"AToteScannedByMistake":               toteByMistake,
		"AKindKnownTodayIsUnparked":           unparked,
		"OfTwoUnparkedTheFirstStands":         unparkedTwice,
		"ASlipHasOneHolder":                   oneHolder,
		"AStaleScreenBooksNothing":            stale,
		"ARefusalChangesNothing":              refusalChangesNothing,
		"WhoHasSeenTheOtherWins":              lastWord,
		"AHashStandsForAllBefore":             chained,
		"AForkIsLoud":                         fork,
		"AKindOfTomorrowIsParked":             parked,
		"APutIsNeverContradicted":             contradiction,
		"AnyCausalOrderEndsEqual":             anyOrder(histories),
		"ManyAreTakenAsOneByOne":              manyAsOne,
		"VerifyNamesTheFirstBadRow":           verifyNames,
		"GoldenBytesOfTheFirstVersionAreRead": goldenBytes,
		"WhatCrossesAnOrder":                  crossed,
		"ASlipIsTrimmedToWhatIsWanted":        trimmed,
		"TheWalkIsTheShortest":                walked,
		"WhatWasWrittenDownElsewhere":         keptElsewhere,
		"AnOlderFoldIsMadeAnew":               refolded,
		"APaymentReleasesItsHold":             paidLater,
		"WhatIsCutIsFree":                     cutBack,
		"AnOrderChangesUntilItIsPicked":       changed,
		"ADecisionIsTakenBack":                takenBack,
		"ParcelsAreSplitAndMerged":            parcels,
		"ALineOfTwoOrdersIsShared":            shared,
		"WhatTheSiteDecidesIsChecked":         siteDecides,
		"RulesAreSetByChannel":                rulesAreSet,
		"AnOrderIsTakenByPhone":               entered,
		"AStationAsksTheAuthority":            asked,
		"WhatAStationAsksIsChecked":           checked,
		"AStationWithoutALine":                cutOff,
	}
	for _, more := range []map[string]func(*testing.T, Opener){ofReports, ofShortages,
		ofInterceptions, ofCarts, ofZones, ofPacking, ofPrinting, ofReturns, ofTheDock, ofCounts,
		ofCountsAgain, ofDates} {
		maps.Copy(all, more)
	}
	for name, test := range all {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

// ofShortages are those of bins that lack what the book has, and of who does what next.
var ofShortages = map[string]func(*testing.T, Opener){
	"AShortBesideAnotherWorker": shortBesideAnother,
	"AShortGoesElsewhere":       shortGoesElsewhere,
	"AShortGoesRound":           shortGoesRound,
	"AShortOfOneSlip":           shortOfOne,
	"AnotherLotThanPlanned":     otherLot,
	"MoreOfAnotherLot":          moreOfOtherLot,
	"AShortOfALot":              shortOfALot,
	"AShortOfARemainder":        shortTwice,
	"TheNextJob":                nextJob,
	"TheNextJobBehindAnother":   nextBehindAnother,
	"ASlipIsTakenOver":          takenOver,
	"ASlipIsTakenOverApart":     takenOverApart,
}

// ofReports are those of what somebody is told.
var ofReports = map[string]func(*testing.T, Opener){
	"SomebodyIsWarned":                  alerts,
	"ThingsThatBearLabelsAreListed":     listed,
	"WhatIsNotForSaleDoesNotCount":      lowStock,
	"WhoHasSeenAnAlertIsNotWarnedAgain": alertsSeen,
	"ABinIsLateBehindItsDay":            alertsByTheDay,
	"GoodsRunLowOnceMore":               alertsAnew,
	"AVarianceWaitsOnceMore":            varianceAnew,
	"HowRightTheBookIs":                 accuracy,
}

// ofReturns are those of goods that come back.
var ofReturns = map[string]func(*testing.T, Opener){
	"NeverMoreComesBackThanWasSent":  neverMoreThanSent,
	"AReturnComesInTwoVisits":        twoVisits,
	"MoreComesThanWasAnnounced":      moreThanAnnounced,
	"WhateverIsInTheParcelHasAWay":   noDeadEnd,
	"AParcelThatNobodyKnows":         ownerless,
	"LotsAndSerialsComeBack":         ownLotsAndSerials,
	"FromTheParcelToTheShelf":        fromTheParcelToTheShelf,
	"StepsOfAReturnAreTakenBack":     stepsBack,
	"WhoReceivedDoesNotGrade":        anotherGrades,
	"AGradeIsDepartedFrom":           departing,
	"AnyReturnIsSound":               anyReturn,
	"TwoPhonesOfOneOrder":            twinPhones,
	"NoSlipTakesAToteOfReturns":      noSlipInATote,
	"OddFactsAreInNobodysWay":        oddFactsAreInNobodysWay,
	"GoodsFindTheirOrder":            goodsFindTheirOrder,
	"GoodsOfAnotherLot":              goodsOfAnotherLot,
	"GradedGoodsFindTheirOrder":      gradedGoodsFindTheirOrder,
	"GoodsOfAClosedReturnCome":       closedGoodsCome,
	"WhatNobodyKnewIsKnownByParts":   strangersByParts,
	"TwoReturnsOfOneItem":            twoReturnsOfOneItem,
	"WhatComesFirstLiesAside":        asideFirst,
	"ALotOfTwoLines":                 aLotOfTwoLines,
	"AParcelIsRegisteredTwice":       registeredTwice,
	"MistakesAtTheGateAreTakenBack":  mistakesAtTheGate,
	"AReturnIsAskedForOfWhatWasSent": aRequest,
	"PoliciesDecideOnReturns":        policiesDecide,
	"PeopleDecideOnTheRest":          peopleDecide,
	"APersonIsAboveAPolicy":          personOverPolicy,
	"MoneyGoesBackForGoods":          moneyBack,
	"WhoIsPaidAndWhoIsNot":           whoIsPaid,
	"OtherGoodsGoOutForNothing":      otherGoods,
	"WhatIsGivenIsGivenAgainAsItWas": restoredOffice,
	"GoodsArePutRight":               putRight,
	"OthersComeInTheirPlace":         othersCameInTheirPlace,
	"OneComesBackAndAnotherIsPaid":   oneByOne,
	"AReplacementPaysOnce":           aReplacementPaysOnce,
	"WhatWentBackPaysForNothing":     whatWentBackPaysForNothing,
	"WhatCameAgainIsLookedAtAnew":    whatCameAgainIsLookedAtAnew,
	"WhatCameAgainAfterAll":          whatCameAgainAfterAll,
	"AnOlderEndStands":               anOlderEndStands,
	"TwoBinsComeBackTogether":        twoBinsComeBackTogether,
	"ThePhoneThatIsAway":             thePhoneThatIsAway,
	"AStrayIsNotAtItsMaker":          aStrayIsNotAtItsMaker,
	"RepairedAfterAllNot":            repairedAfterAllNot,
	"BehindManyOnHold":               behindManyOnHold,
	"AStrangersCupIsNotTheTea":       aStrangersCupIsNotTheTea,
	"OfUnknownExpiry":                ofUnknownExpiry,
	"RejectedGoodsAreSentBack":       rejectedGoodsSentBack,
	"GoodsOfNobodyAreSentBack":       nobodysGoodsSentBack,
	"WhatIsSentOffLiesThere":         whatIsSentOff,
	"WhatIsToLeaveIsGathered":        gathering,
	"GoodsLieInTwoBins":              twoBins,
	"ABinHoldsGoodsOfMany":           aBinOfMany,
	"WhatNobodyKnewIsResolved":       strangers,
	"AnotherReturnOfTheOrder":        anotherReturnOfTheOrder,
	"WhoPutItAsideDoesNotGrade":      whoPutItAside,
	"WhatAParcelBroughtIsItsOwn":     whatAParcelBrought,
	"WhereStrangersMayLie":           whereStrangersMayLie,
	"NobodysGoodsComeBackRepaired":   nobodysComeBackRepaired,
	"GoodsThatAreGoneAreToldOf":      goodsThatAreGone,
	"WhatIsHandedBackAtOnce":         handedBackOfAnOrder,
	"GoodsComeOfWhatWasLongClosed":   longClosed,
	"ACustomerSignsForGoods":         signedFor,
	"WhatReturnsGoByIsSet":           returnsAreSet,
	"ACustomerIsToldOfEachStep":      customerIsTold,
	"TwoStationsTakeTheSameBack":     backTwice,
	"AStationAsksAboutReturns":       returnsAreAsked,
	"NeverMoreMoneyThanWasPaid":      neverMoreThanPaid,
	"WhatPaysIsSaidByWhoLooks":       paysAsFound,
	"WhatIsSeenAgainPaysAsItIs":      lookedAtAgain,
	"WhatIsDueNoMoreIsWithdrawn":     dueNoMore,
	"AStationTakesBackWhatWasPaid":   goodsGone,
	"NothingIsGivenInTwoPortions":    givenInPortions,
	"WhatIsPartlyPaidWaits":          partlyPaid,
	"MoneyIsGivenByHand":             byHand,
	"WhatWasSentForGoodsComesBack":   exchangedBack,
	"APlatformRefundWithdrawsOurs":   refundedUpstream,
	"APaymentThatFailsWithdrawsAll":  chargedBack,
	"WhoWasPaidTwiceIsTold":          paidTwice,
	"TwoLinesOfOneItemComeBack":      exchangedTwoLines,
	"WhatWasGivenByHandCounts":       handCounts,
	"AnExchangeForNothingIsTold":     exchangedForNothing,
}

// floor is a warehouse with stock and orders, planned.
func floor(t *testing.T, open Opener, events ...store.Event) *Site {
	t.Helper()
	s := Open(t, open, "s1")
	s.Record(append(Warehouse(), events...)...)
	s.Plan()
	return s
}

// only is the one slip there is to pick.
func (s *Site) only() store.SlipID {
	s.Helper()
	jobs := Read(s, func(r *store.Reader) ([]store.Job, error) { return r.ToPick(10) })
	if len(jobs) != 1 {
		s.Fatalf("%d slips to pick, not 1", len(jobs))
	}
	return jobs[0].Slip
}

// take begins the slip with a tote.
func (s *Site) take(operator store.OperatorID, slip store.SlipID, tote string) {
	s.Helper()
	_, err := outbound.Take(background, s.Store, store.Gesture{Operator: operator}, slip)
	s.Must(err)
	s.scan(operator, slip, 0, "tote:"+tote, "")
}

// scan makes one scan for a slip and expects an answer.
func (s *Site) scan(operator store.OperatorID, slip store.SlipID, n store.Qty, code string,
	want store.Code) outbound.Picked {
	s.Helper()
	out, got := s.Pick(operator, slip, n, code)
	if got != want {
		s.Errorf("scan %s: %q, want %q", code, got, want)
	}
	return out
}

func (s *Site) pack(slip store.SlipID, code string, want store.Code) outbound.Packing {
	s.Helper()
	out, err := outbound.Pack(background, s.Store, outbound.PackScan{
		By: s.By("101", code), Slip: slip})
	if got := s.Code(err); got != want {
		s.Errorf("pack %s: %q, want %q", code, got, want)
	}
	return out
}

func (s *Site) confirm(in outbound.ConfirmScan, code string, want store.Code) outbound.Confirmed {
	s.Helper()
	in.By = s.By("101", code)
	out, err := outbound.Confirm(background, s.Store, in)
	if got := s.Code(err); got != want {
		s.Errorf("confirm %s: %q, want %q", code, got, want)
	}
	return out
}

func (s *Site) orderState(id store.OrderID, want store.OrderState) {
	s.Helper()
	got := Read(s, func(r *store.Reader) (store.OrderState, error) { return r.OrderState(id) })
	if got != want {
		s.Errorf("order %s is %s, not %s", id, got, want)
	}
}

func throughTheDoor(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 40), Has("B-07-01", "CUP-02", 6),
		Ordered("1", "TEA-500", 12, "CUP-02", 1))
	slip := s.only()
	s.orderState("1", store.Released)
	s.Levels("TEA-500", 40, 12)
	s.take("101", slip, "T-1")
	s.orderState("1", store.Picking)
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 0, TeaCase, "")
	s.Stock("tote/T-1", "TEA-500", 10)
	s.scan("101", slip, 2, Tea, "")
	s.scan("101", slip, 0, "bin:B-07-01", "")
	s.scan("101", slip, 0, Cup, "")
	s.orderState("1", store.Picked)
	s.Levels("TEA-500", 28, 0)

	s.pack("", "tote:T-1", "")
	s.pack(slip, TeaCase, "")
	s.pack(slip, Tea, "")
	s.pack(slip, Tea, "")
	last := s.pack(slip, Cup, "")
	if !last.Sealed || last.Slip.State() != store.SlipPacked {
		t.Errorf("the last piece left the carton open, the slip %s", last.Slip.State())
	}
	s.orderState("1", store.Packed)

	out := s.confirm(outbound.ConfirmScan{}, "carton:"+string(last.Carton.ID), "")
	if out.Needs != store.WaybillNeeded {
		t.Errorf("left without a waybill: %v", out)
	}
	out = s.confirm(outbound.ConfirmScan{Pending: last.Carton.ID}, "SF3100000000001", "")
	if out.Count.Done != 1 || out.Count.Total != 1 {
		t.Errorf("counted %+v", out.Count)
	}
	s.orderState("1", store.Shipped)
	s.Stock(store.AtCustomer, "TEA-500", 12)
	s.Whole(open)
}

func everyScan(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 2), Ordered("1", "TEA-500", 2))
	slip := s.only()
	s.take("101", slip, "T-1")
	log := func() []store.Fact {
		return s.log()
	}
	before := len(log())
	for i, code := range []string{Cup, "bin:A-01-01", Cup, Tea, "nobody knows", Tea, Tea} {
		by := s.By("101", code)
		in := outbound.PickScan{By: by, Slip: slip, Seen: outbound.See(s.Slip(slip))}
		_, err := outbound.Pick(background, s.Store, in)
		s.Code(err)
		if _, err := outbound.Pick(background, s.Store, in); err != nil {
			t.Errorf("%d: the same scan again: %v", i, err)
		}
		facts := log()
		env, err := facts[len(facts)-1].Envelope()
		s.Must(err)
		if len(facts) != before+i+1 || env.Scan != by.Scan || string(env.Raw) != code {
			t.Errorf("%d: %d facts, the last %s of %q", i, len(facts)-before, env.Kind, env.Raw)
		}
	}
}

func toldApart(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), Has("A-01-02", "MILK", 9, "L1"),
		Has("A-01-02", "CUP-02", 1), Ordered("1", "TEA-500", 2))
	slip := s.only()
	_, err := outbound.Take(background, s.Store, store.Gesture{Operator: "101"}, slip)
	s.Must(err)
	s.scan("101", slip, 0, "bin:A-01-01", store.ToteFirst)
	s.scan("101", slip, 0, "tote:T-1", "")
	s.scan("101", slip, 0, "tote:T-2", store.WrongTote)
	s.scan("101", slip, 0, Tea, store.BinFirst)
	s.scan("101", slip, 0, "bin:A-01-02", store.WrongBin)
	s.scan("101", slip, 0, "A-01-01", "") // a foreign label of the same bin
	s.scan("101", slip, 0, Cup, store.WrongItem)
	s.scan("101", slip, 0, "slip:"+string(slip), store.WrongKind)
	s.scan("101", slip, 0, "85123A", store.NotFound)
	s.scan("101", slip, -1, Tea, store.BadQuantity)
	s.scan("101", slip, 3, Tea, store.OverPick)
	s.scan("101", slip, 1000, Tea, store.AskQuantity)
	s.Stock("tote/T-1", "TEA-500", 0)
	s.Record(store.ItemSaved{Item: store.Item{SKU: "TEA-2", Name: "红茶", Active: true,
		Barcodes: []store.Barcode{{Code: Tea, N: 1}}}})
	s.scan("101", slip, 0, Tea, store.Ambiguous)
	s.scan("101", slip, 0, "TEA-500", "")
	s.Whole(open)
}

func neverOversold(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 4),
		Ordered("2", "TEA-500", 4))
	s.orderState("1", store.Released)
	s.orderState("2", store.Held)
	s.Levels("TEA-500", 5, 4)
	s.Must(order.Approve(background, s.Store, store.Gesture{Operator: "900"}, "2", "part"))
	s.Plan()
	s.Levels("TEA-500", 5, 5)
	slips := Read(s, func(r *store.Reader) ([]store.SlipID, error) { return r.SlipsOf("2") })
	if len(slips) != 1 || s.Slip(slips[0]).Lines[0].N != 1 {
		t.Errorf("the part that is there: %v", slips)
	}
	err := order.Reject(background, s.Store, store.Gesture{Operator: "900"}, "2", "other")
	if got := s.Code(err); got != store.NotHeld {
		t.Errorf("decided twice: %q", got)
	}
	s.Whole(open)
}

func earliestFirst(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "MILK", 5, "LATE", "", "2026-12-01"),
		Has("A-01-02", "MILK", 2, "SOON", "", "2026-03-01"),
		Has("A-01-03", "MILK", 9, "GONE", "", "2026-02-28"), Ordered("1", "MILK", 6))
	tasks := s.Slip(s.only()).Tasks
	got := ""
	for _, task := range tasks {
		got += fmt.Sprint(task.From.Code(), " ", task.Lot, " ", task.Want, "; ")
	}
	if got != "A-01-01 LATE 4; A-01-02 SOON 2; " {
		t.Errorf("tasks %s", got)
	}
	s.Levels("MILK", 7, 6)
}

func topUp(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 1), Ordered("1", "TEA-500", 3))
	s.orderState("1", store.Held)
	s.Must(order.Approve(background, s.Store, store.Gesture{Operator: "900"}, "1", "part"))
	s.Plan()
	s.Record(Has("A-01-02", "TEA-500", 10))
	s.Plan()
	s.Plan()
	slips := Read(s, func(r *store.Reader) ([]store.SlipID, error) { return r.SlipsOf("1") })
	if len(slips) != 2 {
		t.Fatalf("slips %v", slips)
	}
	s.Levels("TEA-500", 11, 3)
	s.Whole(open)
}

func shortElsewhere(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), Has("A-01-03", "TEA-500", 100),
		Has("A-01-02", "CUP-02", 1), Ordered("1", "TEA-500", 4, "CUP-02", 1))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 0, Tea, "")
	out, err := outbound.Short(background, s.Store, store.Gesture{Operator: "101"}, slip,
		outbound.See(s.Slip(slip)), "not_found")
	s.Must(err)
	next, _ := out.Slip.Next()
	if next.From != "bin/A-01-03" || next.Left() != 3 {
		t.Errorf("sent to %s for %d", next.From, next.Left())
	}
	s.Stock("bin/A-01-01", "TEA-500", 0)
	s.Stock(store.AtMissing, "TEA-500", 9)
	s.Levels("TEA-500", 100, 3)
	s.Whole(open)
}

func shortBesideOthers(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 5),
		Ordered("2", "TEA-500", 10))
	slip := Read(s, func(r *store.Reader) ([]store.SlipID, error) { return r.SlipsOf("2") })[0]
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 7, Tea, "")
	_, err := outbound.Short(background, s.Store, store.Gesture{Operator: "101"}, slip,
		outbound.See(s.Slip(slip)), "not_found")
	s.Must(err)
	s.Stock("bin/A-01-01", "TEA-500", 5) // theirs
	s.Levels("TEA-500", 5, 5)
	s.Stock("tote/T-1", "TEA-500", 7)
	if n := len(Read(s, (*store.Reader).Discrepancies)); n != 1 {
		t.Errorf("%d discrepancies", n)
	}
	s.Plan()
	s.Levels("TEA-500", 5, 5)
	s.Whole(open)
}

func skipped(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 1), Has("A-01-02", "CUP-02", 1),
		Has("A-01-03", "MILK", 1, "L1", "", "2027-01-01"),
		Ordered("1", "TEA-500", 1, "CUP-02", 1, "MILK", 1))
	slip := s.only()
	s.take("101", slip, "T-1")
	var walked []string
	for range 4 {
		next, _ := s.Slip(slip).Next()
		walked = append(walked, next.From.Code())
		_, err := outbound.Skip(background, s.Store, store.Gesture{Operator: "101"}, slip,
			outbound.See(s.Slip(slip)))
		s.Must(err)
	}
	if got := fmt.Sprint(walked); got != "[A-01-01 A-01-02 A-01-03 A-01-01]" {
		t.Errorf("walked %s", got)
	}
	for _, at := range []string{"A-01-02", "A-01-03"} {
		s.scan("101", slip, 0, "bin:"+at, "")
		_, err := outbound.Short(background, s.Store, store.Gesture{Operator: "101"}, slip,
			outbound.See(s.Slip(slip)), "other")
		s.Must(err)
	}
	_, err := outbound.Skip(background, s.Store, store.Gesture{Operator: "101"}, slip,
		outbound.See(s.Slip(slip)))
	if got := s.Code(err); got != store.LastLine {
		t.Errorf("the last line: %q", got)
	}
}

func lotsAndSerials(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "MILK", 2, "L1", "", "2026-06-01"),
		Has("A-01-01", "MILK", 2, "L2", "", "2026-07-01"),
		Has("A-01-02", "PHONE", 1, "", "IMEI-1"), Has("A-01-03", "PHONE", 1, "", "IMEI-2"),
		Ordered("1", "MILK", 1, "PHONE", 1))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	if out := s.scan("101", slip, 0, "MILK", ""); out.Needs != store.LotNeeded {
		t.Errorf("two lots in the bin, and it needs %q", out.Needs)
	}
	ask := func(asked store.Code, pending, code string, want store.Code) {
		t.Helper()
		_, err := outbound.Pick(background, s.Store, outbound.PickScan{By: s.By("101", code),
			Slip: slip, Seen: outbound.See(s.Slip(slip)), Asked: asked, Pending: Mark(pending)})
		if got := s.Code(err); got != want {
			t.Errorf("%s for %s: %q, want %q", code, asked, got, want)
		}
	}
	ask(store.LotNeeded, "MILK", "MILK", store.LotNeeded)
	ask(store.LotNeeded, "MILK", "L2", store.WrongLot)
	ask(store.LotNeeded, "MILK", "L1", "")
	s.scan("101", slip, 0, "bin:A-01-02", "")
	if out := s.scan("101", slip, 0, "PHONE", ""); out.Needs != store.SerialNeeded {
		t.Errorf("a phone without serial needs %q", out.Needs)
	}
	s.scan("101", slip, 0, "PHONE||IMEI-2", store.SerialTwice)
	s.scan("101", slip, 0, "PHONE||IMEI-9", store.WrongSerial)
	s.scan("101", slip, 2, "PHONE||IMEI-1", store.BadQuantity)
	ask(store.SerialNeeded, "PHONE", "IMEI-1", "")
	s.Stock("tote/T-1", "PHONE", 1)
	s.Whole(open)
}

func undoTwice(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 3))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 0, Tea, "")
	s.scan("101", slip, 0, Tea, "")
	undo := func(want store.Code) {
		t.Helper()
		_, err := outbound.Unpick(background, s.Store, store.Gesture{Operator: "101"}, slip, "")
		if got := s.Code(err); got != want {
			t.Errorf("undo: %q, want %q", got, want)
		}
	}
	undo("")
	s.Stock("tote/T-1", "TEA-500", 1)
	s.Levels("TEA-500", 4, 2)
	undo("")
	undo(store.NothingUndo)
	s.Levels("TEA-500", 5, 3)
	picks := 0
	for _, env := range Read(s, func(r *store.Reader) ([]store.Envelope, error) {
		return r.Trail(string(slip))
	}) {
		if env.Kind == "item_picked" || env.Kind == "reversed" {
			picks++
		}
	}
	if picks != 4 {
		t.Errorf("%d rows of history, not 2 picks and 2 reversals", picks)
	}
	s.Whole(open)
}

func undoSeal(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 1))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 0, Tea, "")
	box := s.pack("", Tea, "") // a single: one scan finds, packs and closes
	if !box.Sealed {
		t.Error("a single was not closed by its one scan")
	}
	s.pack(slip, Tea, store.AllPacked)
	s.pack(slip, "carton:"+string(box.Carton.ID), store.CartonSealed)
	_, err := outbound.Unpack(background, s.Store, store.Gesture{Operator: "101"}, slip)
	s.Must(err)
	s.Stock("tote/T-1", "TEA-500", 1)
	s.confirm(outbound.ConfirmScan{}, "carton:"+string(box.Carton.ID), store.CartonOpen)
	if again := s.pack(slip, Tea, ""); again.Carton.ID != box.Carton.ID || !again.Sealed {
		t.Errorf("packed again into %+v", again.Carton)
	}
	s.confirm(outbound.ConfirmScan{Pending: box.Carton.ID}, "bin:A-01-01", store.WaybillNeeded)
	s.confirm(outbound.ConfirmScan{Pending: box.Carton.ID}, "x", store.BadWaybill)
	s.confirm(outbound.ConfirmScan{Pending: box.Carton.ID}, "SF3100000000001", "")
	s.confirm(outbound.ConfirmScan{}, "SF3100000000001", store.CartonGone)
	_, err = outbound.Unpack(background, s.Store, store.Gesture{Operator: "101"}, slip)
	if got := s.Code(err); got != store.NothingUndo {
		t.Errorf("undo of what has left: %q", got)
	}
	s.Whole(open)
}

func oneHolder(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 3))
	slip := s.only()
	s.take("101", slip, "T-1")
	take := func(who store.OperatorID, want store.Code) {
		t.Helper()
		_, err := outbound.Take(background, s.Store, store.Gesture{Operator: who}, slip)
		if got := s.Code(err); got != want {
			t.Errorf("%s takes it: %q, want %q", who, got, want)
		}
	}
	take("102", store.SlipTaken)
	take("101", "")
	s.Clock.Wait(29 * time.Minute)
	take("102", store.SlipTaken)
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.Clock.Wait(29 * time.Minute)
	take("102", store.SlipTaken)
	s.Clock.Wait(time.Minute)
	take("102", "")
	s.scan("101", slip, 0, Tea, store.NotYours)
	err := outbound.Free(background, s.Store, store.Gesture{Operator: "101"}, slip)
	if got := s.Code(err); got != store.NoRight {
		t.Errorf("a picker frees it: %q", got)
	}
	s.Must(outbound.Free(background, s.Store, store.Gesture{Operator: "900"}, slip))
	s.scan("102", slip, 0, Tea, store.NotYours)
	take("101", "")
}

func stale(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 3))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	old := outbound.See(s.Slip(slip))
	s.scan("101", slip, 0, Tea, "")
	_, err := outbound.Pick(background, s.Store, outbound.PickScan{By: s.By("101", Tea), Slip: slip,
		Seen: old})
	if got := s.Code(err); got != store.Stale {
		t.Errorf("an old screen: %q", got)
	}
	s.Stock("tote/T-1", "TEA-500", 1)
}

func refusalChangesNothing(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 3))
	slip := s.only()
	s.take("101", slip, "T-1")
	before := Read(s, (*store.Reader).Digest)
	s.scan("101", slip, 0, Tea, store.BinFirst)
	s.pack("", "tote:T-9", store.NothingToDo)
	s.pack("", "slip:"+string(slip), store.NotPicked)
	s.confirm(outbound.ConfirmScan{}, "slip:"+string(slip), store.NotPicked)
	if Read(s, (*store.Reader).Digest) != before {
		t.Error("a refusal left something behind")
	}
	broken := errors.New("broken")
	err := s.Write(background, store.Gesture{}, func(tx *store.Tx) error {
		s.Must(tx.Record(Has("A-01-02", "TEA-500", 7)))
		return broken
	})
	if !errors.Is(err, broken) || Read(s, (*store.Reader).Digest) != before {
		t.Errorf("a fault left something behind: %v", err)
	}
}

// milkSingles is a floor with two orders of one milk each, of two lots, in one tote.
func milkSingles(t *testing.T, open Opener) *Site {
	s := floor(t, open, Has("A-01-01", "MILK", 1, "L1", "", "2026-06-01"),
		Has("A-01-02", "MILK", 1, "L2", "", "2026-07-01"),
		Ordered("1", "MILK", 1), Ordered("2", "MILK", 1))
	for i, bin := range []string{"A-01-01", "A-01-02"} {
		slip := store.SlipID(fmt.Sprintf("CK2603010000%d", i+1))
		s.take("101", slip, "T-1")
		s.scan("101", slip, 0, "bin:"+bin, "")
		s.scan("101", slip, 0, "MILK", "")
	}
	return s
}

func sharedTote(t *testing.T, open Opener) {
	s := milkSingles(t, open)
	if out := s.pack("CK26030100002", "MILK", ""); out.Needs != store.LotNeeded {
		t.Errorf("two customers' lots in the tote, and it needs %q", out.Needs)
	}
	out := s.pack("", "MILK|L2", "")
	if out.Slip.ID != "CK26030100002" || !out.Sealed {
		t.Errorf("the second lot is packed for %s", out.Slip.ID)
	}
	// Its pick cannot be taken back: what lies in the tote is the other's.
	_, err := outbound.Unpick(background, s.Store, store.Gesture{Operator: "101"},
		"CK26030100002", "")
	if got := s.Code(err); got != store.NothingUndo {
		t.Errorf("the pick of a packed piece is taken back: %q", got)
	}
	s.pack("", "MILK|L1", "")
	s.Whole(open)
}

// twinInTote: of two alike in one tote, one is packed. The other's piece must not
// let the packed one's pick be taken back: it would be sent twice.
func twinInTote(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 1),
		Ordered("2", "TEA-500", 1))
	for _, slip := range []store.SlipID{"CK26030100001", "CK26030100002"} {
		s.take("101", slip, "T-1")
		s.scan("101", slip, 0, "bin:A-01-01", "")
		s.scan("101", slip, 0, Tea, "")
	}
	packed := s.pack("", Tea, "").Slip.ID
	_, err := outbound.Unpick(background, s.Store, store.Gesture{Operator: "101"}, packed, "")
	if got := s.Code(err); got != store.NothingUndo {
		t.Errorf("the pick of a packed piece is taken back: %q", got)
	}
	s.Stock("tote/T-1", "TEA-500", 1)
}

func undoIsTheHolders(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 3))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 2, Tea, "")
	s.Clock.Wait(31 * time.Minute)
	_, err := outbound.Take(background, s.Store, store.Gesture{Operator: "102"}, slip)
	s.Must(err)
	_, err = outbound.Unpick(background, s.Store, store.Gesture{Operator: "101"}, slip, "")
	if got := s.Code(err); got != store.NotYours {
		t.Errorf("undone on an old screen: %q", got)
	}
	_, err = outbound.Unpick(background, s.Store, store.Gesture{Operator: "102"}, slip, "")
	s.Must(err)
	s.Stock("tote/T-1", "TEA-500", 0)
	_, err = outbound.Unpack(background, s.Store, store.Gesture{Operator: "102"}, slip)
	if got := s.Code(err); got != store.NothingUndo {
		t.Errorf("unpacked what was never packed: %q", got)
	}
	s.Whole(open)
}

func lotsThatAreNotThere(t *testing.T, open Opener) {
	phone := store.Item{SKU: "PHONE", Name: "手机", Serials: true, Lots: true, Active: true}
	yoghurt := store.Item{SKU: "YOG", Name: "酸奶", Expiries: true, Active: true}
	s := floor(t, open, store.ItemSaved{Item: phone}, store.ItemSaved{Item: yoghurt},
		store.SettingSet{Name: store.OverPickPolicy, Value: "ask"},
		Has("A-01-01", "PHONE", 1, "L1", "S1"), Has("A-01-01", "PHONE", 1, "L2", "S2"),
		Has("A-01-02", "MILK", 3, "L1", "", "2026-06-01"),
		Has("A-01-02", "MILK", 5, "L2", "", "2026-07-01"),
		Has("A-01-03", "YOG", 2, "EXP20270101", "", "2027-01-01"),
		Ordered("1", "PHONE", 1, "MILK", 3, "YOG", 1))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 0, "PHONE|L1|S2", store.WrongLot)
	s.scan("101", slip, 0, "PHONE|L1|S1", "")
	s.scan("101", slip, 0, "bin:A-01-02", "")
	s.scan("101", slip, 5, "MILK|L1", store.NotInBin)
	s.scan("101", slip, 3, "MILK|L1", "")
	s.scan("101", slip, 0, "bin:A-01-03", "")
	s.scan("101", slip, 0, "YOG|BATCH7||2027-01-01", "") // its lot is nothing we keep
	s.Whole(open)
}

func waybillsThatLookLikeItems(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), by(Ordered("1", "TEA-500", 1), "ZTO"),
		by(Ordered("2", "TEA-500", 1), "ZTO"))
	const no = "06901234567922" // a waybill with the check digit of a GTIN
	for _, slip := range []store.SlipID{"CK26030100001", "CK26030100002"} {
		s.take("101", slip, "T-1")
		s.scan("101", slip, 0, "bin:A-01-01", "")
		s.scan("101", slip, 0, Tea, "")
		s.pack("", Tea, "")
	}
	s.confirm(outbound.ConfirmScan{Pending: "CK26030100001-1-S1"}, no, "")
	s.confirm(outbound.ConfirmScan{Pending: "CK26030100002-1-S1"}, no, store.WaybillTwice)
	s.confirm(outbound.ConfirmScan{}, no, store.CartonGone)
}

func emptyCartonIsNoParcel(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 2))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 2, Tea, "")
	s.pack(slip, Tea, "")
	_, err := outbound.Seal(background, s.Store, store.Gesture{Operator: "101"}, slip, "")
	s.Must(err)
	s.pack(slip, Tea, "")
	for range 2 {
		_, err := outbound.Unpack(background, s.Store, store.Gesture{Operator: "101"}, slip)
		s.Must(err)
	}
	last := s.pack(slip, Tea, "")
	if last = s.pack(slip, Tea, ""); !last.Sealed || last.Slip.State() != store.SlipPacked {
		t.Errorf("the last piece leaves the slip %s", last.Slip.State())
	}
	out := s.confirm(outbound.ConfirmScan{}, "slip:"+string(slip), "")
	if out.Count.Total != 1 {
		t.Errorf("%d parcels of one", out.Count.Total)
	}
	s.Whole(open)
}

func toteByMistake(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 2))
	slip := s.only()
	s.take("101", slip, "T-1")
	other := func(want store.Code) {
		t.Helper()
		by := s.By("101", "tote:T-2")
		by.Yes = true
		_, err := outbound.Pick(background, s.Store, outbound.PickScan{By: by, Slip: slip,
			Seen: outbound.See(s.look(slip))})
		if got := s.Code(err); got != want {
			t.Errorf("another tote: %q, want %q", got, want)
		}
	}
	other("")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 0, Tea, "")
	s.Stock("tote/T-2", "TEA-500", 1)
	s.scan("101", slip, 0, "tote:T-1", store.WrongTote)
	s.Whole(open)
}

// unparked: a program that knows the kind folds what an older one had to park.
func unparked(t *testing.T, open Opener) {
	path := filepath.Join(t.TempDir(), "bay.db")
	at := func(ctx context.Context, _ string) (*store.DB, error) { return open(ctx, path) }
	t.Run("older", func(t *testing.T) {
		s := Open(t, at, "s1")
		s.Record(Has("A-01-01", "TEA-500", 1))
		s.Must(s.Alter(background, `UPDATE event SET parked = 1, ref = ''`))
		s.Must(s.Alter(background, `DELETE FROM stock`))
	})
	s := Open(t, at, "s1")
	s.Stock("bin/A-01-01", "TEA-500", 1)
	s.Whole(open)
}

// unparkedTwice: of two facts that an older program did not know, and that contradict each
// other, the first stands, and the store opens.
func unparkedTwice(t *testing.T, open Opener) {
	path := filepath.Join(t.TempDir(), "bay.db")
	at := func(ctx context.Context, _ string) (*store.DB, error) { return open(ctx, path) }
	paid := store.Payment{Order: "1", ID: "A1", Amount: 100}
	t.Run("older", func(t *testing.T) {
		s := Open(t, at, "s1")
		s.Record(store.PaymentReceived{Payment: paid})
		s.Must(s.Alter(background, `DELETE FROM payment`))
		paid.Amount++
		s.Record(store.PaymentReceived{Payment: paid})
		s.Must(s.Alter(background, `DELETE FROM payment`))
		s.Must(s.Alter(background, `UPDATE event SET parked = 1, ref = ''`))
	})
	s := Open(t, at, "s1")
	if got := Read(s, func(r *store.Reader) ([]store.Payment, error) {
		return r.Payments("1")
	}); len(got) != 1 || got[0].Amount != 100 {
		t.Errorf("paid: %+v", got)
	}
	if !Read(s, (*store.Reader).HasContradiction) {
		t.Error("the second is not kept as what it is")
	}
}

// askedTwice: a piece that lacks a lot and then an expiry keeps what was given.
func askedTwice(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "MILK", 2, "L1"), Has("A-01-01", "MILK", 2, "L2"),
		Ordered("1", "MILK", 1))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	out := s.scan("101", slip, 0, "MILK", "")
	for _, answer := range []string{"L1", "2027-03-01"} {
		in := outbound.PickScan{By: s.By("101", answer), Slip: slip,
			Seen: outbound.See(s.look(slip)), Asked: out.Needs, Pending: out.Pending}
		var err error
		out, err = outbound.Pick(background, s.Store, in)
		s.Must(err)
	}
	if out.Did != outbound.PickedItem {
		t.Errorf("asked again for %s", out.Needs)
	}
	s.Stock("tote/T-1", "MILK", 1)
}

func missedAtPacking(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 3), Has("B-07-01", "CUP-02", 9),
		Ordered("1", "TEA-500", 3, "CUP-02", 1))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 3, Tea, "")
	s.scan("101", slip, 0, "bin:B-07-01", "")
	s.scan("101", slip, 0, Cup, "")
	s.pack(slip, Tea, "")
	out, err := outbound.Missed(background, s.Store, store.Gesture{Operator: "101"}, slip,
		"damaged")
	s.Must(err)
	if !out.Sealed || out.N != 3 || out.Slip.State() != store.SlipPacked {
		t.Errorf("%d missed, the slip is %s", out.N, out.Slip.State())
	}
	s.Stock(store.AtMissing, "TEA-500", 2)
	s.Stock(store.AtMissing, "CUP-02", 1)
	s.Stock("tote/T-1", "TEA-500", 0)
	s.confirm(outbound.ConfirmScan{Pending: out.Carton.ID}, "SF3100000000001", "")
	s.Plan() // the cup is there, and goes out with a slip of its own
	s.orderState("1", store.PartShipped)
	s.Levels("CUP-02", 8, 1)
	if n := len(Read(s, (*store.Reader).Discrepancies)); n != 1 {
		t.Errorf("%d discrepancies", n)
	}
	s.Whole(open)
}

func singleBySerial(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "PHONE", 1, "", "I-1"),
		Has("A-01-02", "PHONE", 1, "", "I-2"),
		Ordered("1", "PHONE", 1), Ordered("2", "PHONE", 1))
	for i, bin := range []string{"A-01-01", "A-01-02"} {
		slip := store.SlipID(fmt.Sprintf("CK2603010000%d", i+1))
		s.take("101", slip, fmt.Sprintf("T-%d", i))
		s.scan("101", slip, 0, "bin:"+bin, "")
		s.scan("101", slip, 0, fmt.Sprintf("PHONE||I-%d", i+1), "")
	}
	if out := s.pack("", "PHONE", ""); out.Needs != store.SerialNeeded || out.Slip.ID != "" {
		t.Errorf("a phone without its serial opens %q and needs %q", out.Slip.ID, out.Needs)
	}
	if out := s.pack("", "PHONE||I-2", ""); out.Slip.ID != "CK26030100002" {
		t.Errorf("the second phone is packed for %s", out.Slip.ID)
	}
	s.Whole(open)
}

// ofCounts are those of what is counted in bins.
var ofCounts = map[string]func(*testing.T, Opener){
	"AStationAsksAboutCounts":              countsAsked,
	"WhatIsToldLateIsNoLoss":               lateFacts,
	"WhatMovedIsNeverAdjusted":             neverForWhatMoved,
	"ACountIsApprovedOnce":                 counts,
	"CountsByEveryRole":                    countsByRole,
	"ASecondSupervisorDecidesBeside":       besideASupervisor,
	"WhoCountedDoesNotApprove":             countersDoNotApprove,
	"ThreeNumbersForOneBin":                threeNumbers,
	"ALatePickDuringARecount":              aLatePickDuringARecount,
	"ALatePickBehindAnotherCount":          aLatePickBehindAnotherCount,
	"ClocksThatDiffer":                     clocksThatDiffer,
	"ManySerialsAreNotFew":                 manySerialsAreNotFew,
	"WhatNobodyCountedIsNotMatched":        whatNobodyCountedIsNotMatched,
	"OneSerialIsOnePiece":                  oneSerialIsOnePiece,
	"BothApproveTheSame":                   bothApproveTheSame,
	"ABinOfMoreThanCanBeKept":              aBinOfMoreThanCanBeKept,
	"MatchedPiecesAreCountedWithTheirLike": matchedPiecesAreCountedWithTheirLike,
	"ABinThatNobodyCanCount":               aBinThatNobodyCanCount,
	"ARecountBehindTheEndStandsAlone":      aRecountAfterTheEnd,
	"APickOfAnotherItem":                   aPickOfAnotherItem,
	"APickHeardOfBeforeTheEnd":             aPickHeardOfBeforeTheEnd,
	"ALateFactBesideAnotherItem":           aLateFactBesideAnotherItem,
	"AnEndOfNothing":                       anEndOfNothing,
	"FoundBehindACount":                    foundBehindACount,
	"FoundElsewhere":                       foundElsewhere,
	"ASmallDifferenceSettlesItself":        smallSettles,
	"OneFindIsOfOneLoss":                   lossFoundOnce,
	"ASurplusIsCounted":                    surplusCounted,
	"WhatIsDearIsWrittenOffByTwo":          writtenOffByTwo,
	"ApproversDoNotCount":                  approversDoNotCount,
	"ACodeIsMatchedOnce":                   matchedOnce,
	"ACodeIsMatchedToWhatFits":             matchedToWhatFits,
	"APickOfWhatNobodyCountedYet":          pickedUncounted,
	"WhatWasCountedAndIsGone":              countedAndGone,
	"ItemsAreApprovedApart":                itemsApprovedApart,
	"ABinIsPlannedBesideItsItem":           plannedBeside,
	"ABinIsDroppedTooLate":                 droppedTooLate,
	"ManySerialsAreCounted":                manySerialsCounted,
	"AFrozenBinTakesNothingBack":           frozenUndo,
	"ACountBegunAnewElsewhere":             countedAnewElsewhere,
	"ACountIsBlindUntilItIsRuledOn":        blindUntilRuled,
	"ARecountMadeByTwo":                    recountedByTwo,
	"TwoBeginABinApart":                    twoBeganApart,
	"FoundAfterAll":                        foundAfterAll,
	"TwoPairsCountTheSameBin":              countedTwiceOver,
	"ACountIsUndone":                       countsUndone,
	"ABusyBinIsNotCounted":                 busyBins,
	"TheBookMovesWhileSomebodyCounts":      bookMoves,
	"ACountBringsBackWhatWasMissing":       countsBringBack,
	"BinsToBeCountedAreListed":             countsListed,
	"WhatIsToBeCountedIsScanned":           countsMeant,
	"ACountIsTakenOver":                    countsTakenOver,
	"WhatIsNotThereIsNotPromised":          countsPromise,
	"WhatWasSoldCountsOnce":                soldOnce,
}

// ofCountsAgain are those of what is counted when, and of what a count tells others.
var ofCountsAgain = map[string]func(*testing.T, Opener){
	"ACountedLotKeepsItsExpiry":       countedLots,
	"AFrozenBinIsLeftAlone":           frozenBins,
	"NothingIsPutIntoAFrozenBin":      frozenShelves,
	"HowRightTheBookWasIsCounted":     linesCounted,
	"OneItemIsNotTheWholeBin":         itemsCounted,
	"ABinIsNotTouchedByItsAdjustment": adjustedBins,
	"OneCountForAllThatAskForIt":      countedForAll,
	"WhatIsFoundIsFoundOnce":          foundOnce,
	"BinsAreDueByTheDay":              dueByTheDay,
	"OnlyASupervisorHasItemsClassed":  classedBySupervisors,
}
