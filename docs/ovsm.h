/* ovsm.h: the autonomous runtime for programs in C.
 *
 * Printed from the tables of the tool; a test keeps it so. */
#ifndef OVSM_H
#define OVSM_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A handle in a value of a map; all zeros until it is initialised, and never written by hand. */
typedef struct { uint64_t id; uint64_t generation; } SolTimer;
typedef SolTimer SolWorkQueue;

/* What a watcher of sol_watch_account looks at. */
typedef struct {
  uint8_t field; /* 0 data, 1 lamports, 2 owner */
  uint8_t op;    /* 0 ==, 1 !=, 2 >, 3 >=, 4 <, 5 <=, 6 moved by, 7 moved by basis points */
  uint16_t zero;
  uint32_t offset;
  uint64_t mask;
  uint64_t threshold;
  uint64_t zeros;
} SolWatchCriteria;

/* A callback of the program itself: its instruction data and its budget. */
typedef struct { const uint8_t *data; uint64_t length; uint64_t budget; } SolCallback;

/* A callback as a bincode instruction. */
typedef struct { const uint8_t *instruction; uint64_t length; } SolInstructionBytes;

/* What sol_query_subscriptions writes for each registration. */
typedef struct {
  uint64_t id;
  uint8_t kind;
  uint8_t state; /* 0 uninitialized, 1 initialized, 2 armed, 3 fired, 4 cancelled */
  uint16_t failures;
  uint32_t missed;
  uint64_t next_slot;
  uint64_t budget;
  uint64_t fired;
  uint64_t last_seq;
  uint64_t last_slot;
  uint64_t last_units;
} SolSubscription;

/* What sol_get_trigger_context gives, before the payload. */
typedef struct {
  uint8_t kind;
  uint8_t policy;
  uint16_t attempt;
  uint32_t missed;
  uint64_t registration;
  uint64_t seq;
  uint64_t nominal_slot;
  uint64_t actual_slot;
  uint64_t payload_length;
} SolTriggerContext;

/* A loop over numbers. */
typedef struct { int64_t current; int64_t end; uint64_t state; } SolIterator;

/* Codes: what calls return, and what sol_async_last_error gives. */
#define SOL_ASYNC_SUCCESS 0
#define SOL_ASYNC_NULL_POINTER 1
#define SOL_ASYNC_INVALID_TIMER 2
#define SOL_ASYNC_INVALID_WATCHER 3
#define SOL_ASYNC_MAX_TIMERS 4
#define SOL_ASYNC_MAX_WATCHERS 5
#define SOL_ASYNC_INVALID_SLOT 6
#define SOL_ASYNC_SHUTDOWN 7
#define SOL_ASYNC_INVALID_BUFFER 8
#define SOL_ASYNC_BUFFER_FULL 9
#define SOL_ASYNC_MAX_BUFFERS 10
#define SOL_ASYNC_BUDGET_EXCEEDED 11
#define SOL_ASYNC_NO_CAPACITY 12
#define SOL_ASYNC_INSUFFICIENT_ESCROW 13
#define SOL_ASYNC_TAIL_CALL_LIMIT 14
#define SOL_ASYNC_NO_PROGRAM 15
#define SOL_ASYNC_EVENT_LIMIT 16
#define SOL_ASYNC_INVALID_ARGUMENT 17
#define SOL_ASYNC_QUEUE_FULL 18

/* Kinds of registration. */
#define SOL_KIND_TIMER 0
#define SOL_KIND_SCHEDULE 1
#define SOL_KIND_PERIODIC 2
#define SOL_KIND_DEADLINE 3
#define SOL_KIND_WATCHER 4
#define SOL_KIND_EVENT 5
#define SOL_KIND_WORK 6

/* What a periodic registration does with late ticks. */
#define SOL_OVERDUE_COALESCE 0
#define SOL_OVERDUE_CATCH_UP 1
#define SOL_OVERDUE_SKIP 2

/* What became of a trigger. */
#define SOL_FATE_EXECUTED 0
#define SOL_FATE_FAILED 1
#define SOL_FATE_RETRIED 2
#define SOL_FATE_COALESCED 3
#define SOL_FATE_DEFERRED 4
#define SOL_FATE_CANCELLED 5
#define SOL_FATE_EXPIRED 6
#define SOL_FATE_SUPPRESSED 7
#define SOL_FATE_EVICTED 8
#define SOL_FATE_QUARANTINED 9
#define SOL_FATE_NO_SUBSCRIBER 10
#define SOL_FATE_DEAD_LETTERED 11

/* Makes a zeroed handle in a value of a map an initialised timer.
 * Gives: code. */
uint64_t sol_timer_init(SolTimer *timer, uint64_t map, uint64_t flags);

/* Sets the instruction that a timer executes when it fires.
 * Gives: code. */
uint64_t sol_timer_set_callback(SolTimer *timer, const void *instruction, uint64_t length);

/* Arms a timer for a number of slots from now, 1 to 1,000,000; an armed one anew.
 * Gives: code. */
uint64_t sol_timer_start(SolTimer *timer, uint64_t slots, uint64_t flags);

/* Cancels a timer by its handle, or by its id (a value below 2^32).
 * Gives: code. */
uint64_t sol_timer_cancel(uint64_t timer);

/* Makes a zeroed handle in a value of a map an initialised work queue.
 * Gives: code. */
uint64_t sol_wq_init(SolWorkQueue *queue, uint64_t map, uint64_t flags);

/* Sets the instruction that a work queue executes.
 * Gives: code. */
uint64_t sol_wq_set_callback(SolWorkQueue *queue, const void *instruction, uint64_t length);

/* Queues the work for as soon as possible after this invocation.
 * Gives: code. */
uint64_t sol_wq_start(SolWorkQueue *queue, uint64_t flags);

/* Reserves a record in a ring buffer; it must be submitted or discarded.
 * Gives: address or 0. */
uint64_t sol_ringbuf_reserve(uint64_t ring, uint64_t size, uint64_t flags);

/* Publishes a reserved record.
 * Gives: code. */
uint64_t sol_ringbuf_submit(void *record, uint64_t flags);

/* Drops a reserved record.
 * Gives: code. */
uint64_t sol_ringbuf_discard(void *record, uint64_t flags);

/* Copies a record into a ring buffer.
 * Gives: code. */
uint64_t sol_ringbuf_output(uint64_t ring, const void *data, uint64_t length, uint64_t flags);

/* Goes on in an entry of a program array and does not return; with a code in r0 where there
 * is no such entry or 33 calls were made.
 * Gives: code. */
uint64_t sol_tail_call(void *context, uint64_t array, uint64_t index);

/* Executes an instruction whenever an account comes to fulfil criteria.
 * Gives: id or 0. */
uint64_t sol_watch_account(const void *account, const void *criteria, const void *instruction,
    uint64_t length, uint64_t budget);

/* Begins an iteration over the numbers from start up to, but without, end.
 * Gives: code. */
uint64_t sol_iter_num_new(void *iterator, uint64_t start, uint64_t end);

/* Goes to the next number and gives its address, or 0 after the last.
 * Gives: address or 0. */
uint64_t sol_iter_num_next(void *iterator);

/* The number at which an iteration stands.
 * Gives: u64. */
uint64_t sol_iter_num_current(const void *iterator);

/* Ends an iteration.
 * Gives: 0. */
uint64_t sol_iter_num_destroy(void *iterator);

/* Executes an instruction on every event of a type; the fourth argument is {instruction,
 * length}.
 * Gives: id or 0. */
uint64_t sol_subscribe_event(uint64_t type, const void *trigger, uint64_t length,
    const void *callback, uint64_t budget);

/* Emits an event and logs it.
 * Gives: code. */
uint64_t sol_emit_event(const void *event, uint64_t event_length, const void *data,
    uint64_t length);

/* Executes an instruction once, in a later slot.
 * Gives: id or 0. */
uint64_t sol_schedule_execution(uint64_t slot, const void *instruction, uint64_t length,
    uint64_t budget);

/* Copies at most so many 64-byte descriptions of a program's registrations.
 * Gives: u64. */
uint64_t sol_query_subscriptions(const void *program, void *entries, uint64_t most);

/* Calls this program with instruction data once, in a later slot.
 * Gives: id or 0. */
uint64_t sol_timer_create(uint64_t slot, const void *data, uint64_t length, uint64_t budget);

/* Calls this program with instruction data in a slot and every period after it.
 * Gives: id or 0. */
uint64_t sol_timer_create_periodic(uint64_t slot, uint64_t period, const void *data,
    uint64_t length, uint64_t budget);

/* Calls this program with instruction data once, between two slots, or not at all.
 * Gives: id or 0. */
uint64_t sol_timer_create_deadline(uint64_t earliest, uint64_t deadline, const void *data,
    uint64_t length, uint64_t budget);

/* Calls this program with instruction data whenever an account changes: 0 anything, 1
 * lamports, 2 data, 3 owner.
 * Gives: id or 0. */
uint64_t sol_watcher_create(const void *account, uint64_t type, const void *data,
    uint64_t length, uint64_t budget);

/* Calls this program when a number in an account rises above (4) or falls below (5) a
 * threshold; the last argument is {data, length, budget}.
 * Gives: id or 0. */
uint64_t sol_watcher_create_threshold(const void *account, uint64_t type, uint64_t offset,
    uint64_t threshold, const void *callback);

/* Calls this program when bytes of an account come to equal a pattern; the last argument is
 * {data, length, budget}.
 * Gives: id or 0. */
uint64_t sol_watcher_create_pattern(const void *account, uint64_t offset, const void *pattern,
    uint64_t length, const void *callback);

/* Sets a property of a registration: 1 overdue policy, 2 priority, 3 minimum slots between
 * triggers, 4 fire if it already holds, 5 open ring, 6 retries, 7 completion event.
 * Gives: code. */
uint64_t sol_registration_set(uint64_t registration, uint64_t key, uint64_t value);

/* Ends a watcher or a subscription.
 * Gives: code. */
uint64_t sol_watcher_remove(uint64_t watcher);

/* Creates a ring buffer of 64 to 1,048,576 bytes.
 * Gives: id or 0. */
uint64_t sol_ring_buffer_create(uint64_t size);

/* Appends a record to a ring buffer.
 * Gives: code. */
uint64_t sol_ring_buffer_push(uint64_t ring, const void *data, uint64_t length);

/* Takes the oldest record of a ring buffer if it fits; r0 is its length, 0 if there is none.
 * Gives: u64. */
uint64_t sol_ring_buffer_pop(uint64_t ring, void *target, uint64_t length);

/* Frees a ring buffer.
 * Gives: code. */
uint64_t sol_ring_buffer_destroy(uint64_t ring);

/* The slot.
 * Gives: u64. */
uint64_t sol_get_slot(void);

/* Copies a part of what triggered this callback; r0 is its full length, 0 in other
 * invocations.
 * Gives: u64. */
uint64_t sol_get_trigger_context(void *target, uint64_t offset, uint64_t length);

/* The code of the last call of this invocation that failed.
 * Gives: code. */
uint64_t sol_async_last_error(void);

/* Evaluates a neural network in fixed-point arithmetic.
 * Gives: code. */
uint64_t sol_ml_forward(const void *model, uint64_t length, const void *features, uint64_t count,
    void *output);

/* Evaluates a decision tree in fixed-point arithmetic.
 * Gives: code. */
uint64_t sol_ml_decision_tree(const void *model, uint64_t length, const void *features,
    uint64_t count, void *output);

#ifdef __cplusplus
}
#endif

#endif
