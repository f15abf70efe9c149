/*
 * The purchase protocol, for a model checker (npm run model).
 *
 * One caller wants one thing and asks again, in the same or in another process, until it has its answer. Processes
 * crash, sleep and wake anywhere. A write to the ledger holds and is acknowledged, holds and is not, or does not hold.
 * The server loses, delays and lies within its rights. The chain settles late, and authorizations expire.
 *
 * The promise: whatever happens, at most one authorization settles.
 *
 * Every UNDO_… takes one mend of the code back. Each must break the promise, or the model says nothing about it.
 */
#include "transitions.pml"

#ifndef CRASHES
#define CRASHES 1
#endif
#ifndef FAULTS
#define FAULTS 2
#endif
#ifndef TRIES
#define TRIES 3
#endif

/* A purchase each, with one authorization: what is proven dead is followed by another row. */
#define ROWS 3
/* Two processes, and one more incarnation for each crash. */
#define SESSIONS 3
#define NOBODY 9

/* How a call stands in the ledger. */
#define OPEN 1
#define FAILED 2
#define ANSWERED 3

/* How a session is judged by another. */
#define ALIVE 1
#define GONE 2
#define UNKNOWN 3

/* What became of a write. */
#define HOLDS 1
#define UNCLEAR 2
#define LOST 3

/* ---- the ledger: what holds on disk ---- */
byte state[ROWS];
byte call[ROWS];
byte owner[ROWS];
byte rows = 0;

/* ---- the chain ---- */
bool used[ROWS];
bool expired[ROWS];
byte settledCount = 0;

/* ---- the server: what it was sent ---- */
bool received[ROWS];

/* ---- processes ---- */
bool running[SESSIONS];
bool asleep[SESSIONS];
/* An end that could not be written, by row + 1: the session does not beat while it has one. */
byte pendingEnd[SESSIONS];
/* What ends is discarded: it was signed here, and nothing was sent. */
bool discards[SESSIONS];
byte crashes = 0;
byte faults = 0;

/* ---- the caller ---- */
bool hasAnswer = false;
bool waiting = false;

/* A write that the rules refuse changes nothing and is told as a conflict. */
#define EVENT(allowed, row, to) \
  if :: allowed(state[row]) -> state[row] = to :: else fi

/* With GIVE_UP a wallet signs after the reservation, else within it. */
#ifdef GIVE_UP
#define NEW_STATE RESERVED
#else
#define NEW_STATE SIGNED
#endif

/* Nothing of it can be sent any more. */
#define IS_OVER(row) (call[row] == 0 || call[row] == ANSWERED || state[row] == DEAD || state[row] == RELEASED)

inline writeOutcome(outcome) {
  if
  :: outcome = HOLDS
  :: faults < FAULTS -> faults++; outcome = UNCLEAR
  :: faults < FAULTS -> faults++; outcome = LOST
  fi
}

/* What one session can find out about another. Evidence decides, never its absence. */
inline evaluateSession(session, verdict) {
  if
#ifdef UNDO_UNKNOWN_WAITS
  /* Unknown was taken for alive. */
  :: verdict = ALIVE
#else
  :: verdict = UNKNOWN
#endif
  /* Silent for long, or its process is proven gone. One that sleeps may be silent, too. */
  :: (!running[session] || asleep[session]) -> verdict = GONE
  /* Its heartbeat changed while we looked. */
#ifdef UNDO_HEARTBEAT_WAITS_FOR_ENDS
  :: (running[session] && !asleep[session]) -> verdict = ALIVE
#else
  :: (running[session] && !asleep[session] && pendingEnd[session] == 0) -> verdict = ALIVE
#endif
  fi
}

/* A session ends the call that it has open, and no other. */
inline end(row, me) {
  if
  :: call[row] == OPEN && owner[row] == me ->
    if :: discards[me] -> EVENT(MAY_DISCARDED, row, RELEASED) :: else fi;
    call[row] = FAILED
  :: else
  fi
}

#define DIE crashes < CRASHES -> crashes++; running[me] = false; pendingEnd[me] = 0; discards[me] = false; goto gone

/*
 * A step at which the process may die. With JOIN it may also sleep while its caller asks elsewhere: without, equal calls
 * in flight together are purchases of their own, so the caller of this model waits for its call to end.
 */
#ifdef JOIN
#define STEP \
  if \
  :: true \
  :: DIE \
  :: !slept -> slept = true; asleep[me] = true; waiting = false; asleep[me] -> asleep[me] = false \
  fi
#else
#define STEP \
  if \
  :: true \
  :: DIE \
  fi
#endif

/* One call of the caller, in a session. Only its ends tell the caller something. */
proctype Call(byte me) {
  byte row, outcome, verdict;
  bool slept = false;
  bool gaveUp = false;
  bool found;
#ifdef UNDO_LOOK_WHEN_BEGINNING
  bool sawAnswer = false;
#endif

  /* An end of this session that could not be written comes first. */
  atomic {
    if
    :: pendingEnd[me] != 0 ->
      writeOutcome(outcome);
      row = pendingEnd[me] - 1;
      if
      :: outcome != LOST -> end(row, me)
      :: else
      fi;
      if :: outcome == HOLDS -> pendingEnd[me] = 0; discards[me] = false :: else -> goto failed fi
    :: else
    fi
  }

resume:
  STEP;
  atomic {
#ifdef UNDO_LOOK_WHEN_BEGINNING
    /* The call began when the ledger was asked, and what was answered before is another's. */
    sawAnswer = hasAnswer;
#endif
    found = false;
    row = 0;
    do
    :: row < rows ->
      if
      :: IS_OVER(row) -> row++
      :: !IS_OVER(row) && call[row] == FAILED && state[row] == RESERVED -> row++
      :: !IS_OVER(row) && call[row] == FAILED && state[row] != RESERVED -> found = true; break
#ifdef JOIN
      :: !IS_OVER(row) && call[row] == OPEN && owner[row] == me -> goto failed
#else
      :: !IS_OVER(row) && call[row] == OPEN && owner[row] == me -> row++
#endif
#ifdef GIVE_UP
      /* Nobody waits for what has no signature, and nobody resumes it. */
      :: !IS_OVER(row) && call[row] != FAILED && state[row] == RESERVED && owner[row] != me -> row++
      :: !IS_OVER(row) && call[row] != FAILED && state[row] != RESERVED && owner[row] != me ->
#else
      :: !IS_OVER(row) && call[row] == OPEN && owner[row] != me ->
#endif
        evaluateSession(owner[row], verdict);
        if
        :: verdict == GONE -> found = true; break
        :: verdict == UNKNOWN -> goto failed
#ifdef JOIN
        /* It is waited for, and its end is shared. */
        :: verdict == ALIVE -> goto failed
#else
        :: verdict == ALIVE -> row++
#endif
        fi
      fi
    :: else -> break
    od;
    if
    :: !found -> goto purchase
    :: else
    fi;
    /* Nothing was signed: it is given back. */
    if
    :: state[row] == RESERVED ->
      writeOutcome(outcome);
      if :: outcome != LOST -> EVENT(MAY_RELEASED, row, RELEASED); call[row] = FAILED :: else fi;
      if :: outcome == HOLDS -> goto resume :: else -> goto failed fi
    :: else
    fi;
    writeOutcome(outcome);
    if
    :: outcome != LOST -> call[row] = OPEN; owner[row] = me
    :: else -> goto failed
    fi
  }
  if
  :: outcome == UNCLEAR ->
#ifdef UNDO_READ_BACK_OF_RESUME
    goto failed
#else
    /* Whether it holds is asked, or its end is owed to the ledger. */
    if :: true :: pendingEnd[me] = row + 1; goto failed fi
#endif
  :: else
  fi;
  STEP;
  /* Over by our clock: only the chain can say whether it is dead. */
  if
  :: expired[row] && !used[row] ->
    atomic {
      writeOutcome(outcome);
      if :: outcome != LOST -> EVENT(MAY_DEAD, row, DEAD) :: else fi
    }
    if
    :: outcome == HOLDS -> goto resume
    :: else -> goto end_failed
    fi
#ifdef UNDO_PROOF_OF_DEATH
  /* Our own clock was believed. */
  :: !used[row] -> EVENT(MAY_DEAD, row, DEAD); goto resume
#endif
  :: true
  fi;
  goto pay;

purchase:
  STEP;
  if :: rows == ROWS -> goto failed :: else fi;
#ifdef UNDO_WRITE_BEFORE_SEND
  /* The bytes were on the wire before they were on the disk. */
  atomic { row = rows; rows++; received[row] = true };
  STEP;
  atomic { state[row] = SIGNED; call[row] = OPEN; owner[row] = me };
#else
  atomic {
#if defined(JOIN) && !defined(UNDO_LOOK_WHEN_RESERVING)
    /* An equal call that was written meanwhile is found by the transaction that reserves. */
    /* So is one that was answered since this call began: its answer is shared. */
#ifdef UNDO_LOOK_WHEN_BEGINNING
    if :: hasAnswer && !sawAnswer -> goto done :: else fi;
#else
    if :: hasAnswer -> goto done :: else fi;
#endif
    row = 0;
    do
    :: row < rows && IS_OVER(row) -> row++
    :: row < rows && !IS_OVER(row) -> goto resume
    :: row >= rows -> break
    od;
#endif
    writeOutcome(outcome);
    row = rows;
    if
    :: outcome != LOST -> rows++; state[row] = NEW_STATE; call[row] = OPEN; owner[row] = me
    :: else -> goto failed
    fi
  }
  if
  :: outcome == UNCLEAR ->
#ifdef UNDO_READ_BACK_OF_RESERVATION
    goto purchase
#else
    if :: true :: discards[me] = true; pendingEnd[me] = row + 1; goto failed fi
#endif
  :: else
  fi;
#endif

#ifdef GIVE_UP
  /* The wallet has signed, and the ledger is writing that. The caller gives up and asks elsewhere, or does not. */
  if
  :: true
  :: atomic {
      gaveUp = true;
#ifndef UNDO_DISCARD
      discards[me] = true;
#endif
      pendingEnd[me] = row + 1;
      waiting = false
    }
  fi;
  atomic {
    writeOutcome(outcome);
    if
#ifdef UNDO_DISCARD
    :: outcome != LOST -> EVENT(MAY_SIGNED, row, SIGNED)
#else
    /* Only a call that goes on signs. */
    :: outcome != LOST -> if :: call[row] == OPEN && owner[row] == me -> EVENT(MAY_SIGNED, row, SIGNED) :: else fi
#endif
    :: else
    fi;
    if
    :: gaveUp -> goto done
    :: !gaveUp && outcome != HOLDS -> discards[me] = true; pendingEnd[me] = row + 1; goto failed
    :: else
    fi
  }
#endif

pay:
  STEP;
  atomic {
    received[row] = true;
    /* Written when it can be: the chain can tell it again. */
    if :: EVENT(MAY_SENT, row, SENT) :: true fi
  }
  STEP;
  if
  /* Also before it has settled: the server's word is not the chain's. */
  :: goto answered
  /* Lost, refused or failed. */
  :: goto end_failed
  fi;

answered:
  atomic {
    hasAnswer = true;
    writeOutcome(outcome);
    if :: outcome != LOST -> if :: call[row] == OPEN && owner[row] == me -> call[row] = ANSWERED :: else fi :: else fi;
    waiting = false;
    goto done
  }

end_failed:
  atomic {
    writeOutcome(outcome);
    if :: outcome != LOST -> end(row, me) :: else fi;
    if
    :: outcome == HOLDS -> discards[me] = false
    :: else ->
#ifdef UNDO_PENDING_ENDS
      /* Given up after one try. */
      skip
#else
      pendingEnd[me] = row + 1
#endif
    fi;
    goto failed
  }

failed:
  if :: !slept -> waiting = false :: else fi;
  goto done;
gone:
  if :: !slept -> waiting = false :: else fi;
done:
  skip
}

/* Asks, and asks again, wherever something runs; what crashed is started anew with a session of its own. */
proctype Caller() {
  byte tries = 0;
  byte session = 0;
  do
  :: atomic {
      tries < TRIES && !hasAnswer ->
      tries++;
      if
      :: session = 0
      :: session = 1
      :: session = 2
      fi;
      if
      :: !running[session] && session == 2 && crashes > 0 -> running[2] = true
      :: else
      fi;
      if
      :: running[session] && !asleep[session] -> waiting = true; run Call(session)
      :: else
      fi
    }
    !waiting
  :: else -> break
  od
}

/* Pending ends are written by the process itself as soon as the ledger takes them. */
active proctype Background() {
  byte session = 0;
  byte row;
  do
  :: atomic {
      running[session] && pendingEnd[session] != 0 ->
      row = pendingEnd[session] - 1;
      if :: row < rows -> end(row, session) :: else fi;
      pendingEnd[session] = 0;
      discards[session] = false
    }
  :: session < SESSIONS - 1 -> session++
  :: session > 0 -> session--
  :: timeout -> break
  od
}

/* Whoever holds the bytes may settle them, once, until they expire. */
active proctype Chain() {
  byte row = 0;
  do
  :: atomic {
      received[row] && !used[row] && !expired[row] ->
      used[row] = true;
      settledCount++;
      assert(settledCount <= 1)
    }
  :: atomic { row < rows && !expired[row] -> expired[row] = true }
  :: row < ROWS - 1 -> row++
  :: row > 0 -> row--
  :: timeout -> break
  od
}

init {
  atomic {
    byte each = 0;
    do
    :: each < ROWS -> owner[each] = NOBODY; each++
    :: else -> break
    od;
    running[0] = true;
    running[1] = true;
    run Caller()
  }
}
