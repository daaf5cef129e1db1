; async_calls.s - Timers, watchers and a ring of their own, without any convention of a compiler
;
; Started with three accounts: a payer, the state (64 bytes, owned by this program) and a price feed (16
; bytes, the price at 8). Callbacks get the same accounts; 8 bytes of data say which one it is:
; 1 once after 100 slots: pops all that is on the ring. 2 every 10 slots: pushes {slot, price}.
; 3 whenever the feed changes. 4 when the price rises above 200 dollars (8 decimals).
; State: 0 ring, 8 price when the ring was popped, 16 pushes, 24 changes, 32 rises, 40 records popped,
; 48 sum of the prices popped, 56 slot of the first of them.
.sbpf v0
entrypoint:
    mov64 r6, r1
    ldxdw r2, [r6+31104]
    jeq r2, 1, once
    jeq r2, 2, check
    jeq r2, 3, changed
    jeq r2, 4, risen

    mov64 r1, 4096
    syscall sol_ring_buffer_create
    jeq r0, 0, failed
    stxdw [r6+10432], r0
    syscall sol_get_slot
    mov64 r8, r0
    stdw [r10-8], 1
    stdw [r10-16], 2
    stdw [r10-24], 3
    stdw [r10-32], 4

    mov64 r1, r8
    add64 r1, 100
    mov64 r2, r10
    add64 r2, -8
    mov64 r3, 8
    mov64 r4, 200000
    syscall sol_timer_create
    jeq r0, 0, failed

    mov64 r1, r8
    add64 r1, 1
    mov64 r2, 10
    mov64 r3, r10
    add64 r3, -16
    mov64 r4, 8
    mov64 r5, 150000
    syscall sol_timer_create_periodic
    jeq r0, 0, failed

    mov64 r1, r6
    add64 r1, 20752
    mov64 r2, 0
    mov64 r3, r10
    add64 r3, -24
    mov64 r4, 8
    mov64 r5, 100000
    syscall sol_watcher_create
    jeq r0, 0, failed

    mov64 r1, r10
    add64 r1, -32
    stxdw [r10-56], r1
    stdw [r10-48], 8
    stdw [r10-40], 200000
    mov64 r1, r6
    add64 r1, 20752
    mov64 r2, 4
    mov64 r3, 8
    lddw r4, 20000000000
    mov64 r5, r10
    add64 r5, -56
    syscall sol_watcher_create_threshold
    jeq r0, 0, failed
    mov64 r0, 0
    exit
failed:
    syscall sol_async_last_error
    exit

once:
    ldxdw r1, [r6+20840]
    stxdw [r6+10440], r1
    mov64 r7, 64
pop:
    ldxdw r1, [r6+10432]
    mov64 r2, r10
    add64 r2, -16
    mov64 r3, 16
    syscall sol_ring_buffer_pop
    jne r0, 16, popped
    ldxdw r1, [r6+10472]
    jne r1, 0, further
    ldxdw r2, [r10-16]
    stxdw [r6+10488], r2
further:
    add64 r1, 1
    stxdw [r6+10472], r1
    ldxdw r1, [r6+10480]
    ldxdw r2, [r10-8]
    add64 r1, r2
    stxdw [r6+10480], r1
    sub64 r7, 1
    jne r7, 0, pop
popped:
    ldxdw r1, [r6+10472]
    ldxdw r2, [r6+10480]
    mov64 r3, 0
    mov64 r4, 0
    mov64 r5, 0
    syscall sol_log_64_
    mov64 r0, 0
    exit

check:
    syscall sol_get_slot
    stxdw [r10-16], r0
    ldxdw r1, [r6+20840]
    stxdw [r10-8], r1
    ldxdw r1, [r6+10448]
    add64 r1, 1
    stxdw [r6+10448], r1
    ldxdw r1, [r6+10432]
    mov64 r2, r10
    add64 r2, -16
    mov64 r3, 16
    syscall sol_ring_buffer_push
    exit

changed:
    ldxdw r1, [r6+10456]
    add64 r1, 1
    stxdw [r6+10456], r1
    mov64 r0, 0
    exit

risen:
    ldxdw r1, [r6+10464]
    add64 r1, 1
    stxdw [r6+10464], r1
    mov64 r1, r10
    add64 r1, -16
    mov64 r2, 48
    mov64 r3, 16
    syscall sol_get_trigger_context
    ldxdw r1, [r10-16]
    ldxdw r2, [r10-8]
    mov64 r3, 0
    mov64 r4, 0
    mov64 r5, 0
    syscall sol_log_64_
    mov64 r0, 0
    exit
