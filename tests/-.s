.sbpf v0
.file 1 "<stdlib/runtime>"
.file 2 "price_guard.ovsm"
.file 3 "<stdlib/core>"

.rodata
.data0:
    .string " new="
.data1:
    .string "Price moved old="
.data2:
    .string "Price posted price="
.align 8
.data3:
    .zero 32
.data4:
    .hex 0b
    .string "PRICE_MOVED"
    .hex 0000
.data5:
    .string "Position closed price="
.data6:
    .string "Guard is up slot="
.data7:
    .string " average="
.data8:
    .string "PRICE_MOVED"
.align 8
.data9:
    .hex 6100000000000000 0b00000000000000
    .string "guard-state"
    .zero 21
    .string "OMAPV"
    .hex c92d560201000004 0000002100000001 000000
.align 8
.data10:
    .hex 5100000000000000 0a00000000000000
    .string "price-feed"
    .zero 22
    .string "OMAP265"
    .hex 9f02010000040000 0011000000010000 00
.data11:
    .hex 6d6170

.section .ovsm
    .hex 010b000000
    .string "price_guard"
    .hex 080000000e000000
    .string "close-position{"
    .hex 865100
    .string "1Dbb"
    .hex 0000000000000000 0000010000000500 0000
    .string "price"
    .hex 0300000075363401 0000000b000000
    .string "guard-state"
    .hex 0001010b000000
    .string "guard-state"
    .hex 0009000000
    .string "set-price"
    .hex 1013b608955348b5 0000000000000000 0000010000000500 0000
    .string "price"
    .hex 0300000075363401 0000000a000000
    .string "price-feed"
    .hex 0001010a000000
    .string "price-feed"
    .hex 000a000000
    .string "initialize"
    .hex afaf6d1f0d989bed 0100000000000000 0000000000000200 00000b000000
    .string "guard-state"
    .hex 0001010b000000
    .string "guard-state"
    .hex 000a000000
    .string "price-feed"
    .hex 0001010a000000
    .string "price-feed"
    .hex 0013000000
    .string "initialize-callbackg@q"
    .hex ecfc6c3693030090 6500000000000001 00000005000000
    .string "event"
    .hex 1d000000
    .string "{:old u64 :new u64 :slot u64}"
    .hex 010000000b000000
    .string "guard-state"
    .hex 0001010b000000
    .string "guard-state"
    .hex 0015000000
    .string "initialize-callback-2\t¬M"
    .hex 00a96cbf030060ea 0000000000000000 0000020000000b00 0000
    .string "guard-state"
    .hex 0001010b000000
    .string "guard-state"
    .hex 000a000000
    .string "price-feed"
    .hex 0001010a000000
    .string "price-feed"
    .hex 0015000000
    .string "initialize-callback-3Vr"
    .hex efe8b13159440300 60ea000000000000 0000000001000000 0a000000
    .string "price-feed"
    .hex 0001010a000000
    .string "price-feed"
    .hex 0015000000
    .string "initialize-callback-4j!"
    .hex 98f4111f741d0300 60ea000000000000 0200000009000000
    .string "old-price"
    .hex 03000000
    .string "u64\t"
    .hex 000000
    .string "new-price"
    .hex 0300000075363400 0000000b000000
    .string "create-maps"
    .hex b17ecf540efc0532 0201000000000000 0000000000000400 000005000000
    .string "payer"
    .hex 010100000e000000
    .string "system-program"
    .hex 00000001
    .zero 32
    .hex 0b000000
    .string "guard-state"
    .hex 0001010b000000
    .string "guard-state"
    .hex 000a000000
    .string "price-feed"
    .hex 0001010a000000
    .string "price-feed"
    .hex 00020000000b0000 00
    .string "guard-state"
    .hex 0204000000210000 0001000000000000 000a000000
    .string "price-feed"
    .hex 0204000000110000 0001000000000000 0001000000060000 00
    .string "stages"
    .hex 020000007b865100
    .string "1Dbb"
    .hex 1013b608955348b5

.text
entrypoint:
    .loc 1 34 17
    ldxdw r5, [r1]
    jgt r5, 255, .L43
    .loc 1 36 3
    lddw r4, 0x300007000
    stxdw [r4], r5
    .loc 1 37 18
    add64 r1, 8
    .loc 1 38 3
    mov64 r4, 0
    ja .L2
.L0:
    .loc 1 39 41
    mov64 r3, r4
    lsh64 r3, 3
    .loc 1 39 19
    lddw r0, 0x300007000
    add64 r3, r0
    .loc 1 40 20
    ldxb r0, [r1]
    jne r0, 255, .L3
    .loc 1 43 11
    stxdw [r3+2048], r1
    .loc 1 44 38
    ldxdw r3, [r1+80]
    .loc 1 44 24
    add64 r3, 10343
    .loc 1 45 45
    and64 r3, -8
    .loc 1 45 24
    add64 r3, r1
.L1:
    .loc 1 38 3
    add64 r4, 1
    mov64 r1, r3
.L2:
    .loc 2 96 3
    jlt r4, r5, .L0
    .loc 1 50 18
    ldxdw r5, [r1]
    .loc 1 51 24
    add64 r1, 8
    .loc 1 51 3
    lddw r4, 0x300007000
    stxdw [r4+8], r1
    .loc 1 52 3
    stxdw [r4+16], r5
    .loc 1 53 25
    mov64 r3, r1
    add64 r3, r5
    .loc 1 53 3
    stxdw [r4+24], r3
    .loc 2 96 3
    jlt r5, 8, .L44
    ldxdw r4, [r1]
    lddw r3, 0x93366cfcec714067
    jne r4, r3, .L12
    .loc 2 87 5
    mov64 r1, r10
    add64 r1, -1024
    mov64 r2, 48
    mov64 r3, 1024
    syscall sol_get_trigger_context
    jeq r0, 0, .L45
    add64 r0, -48
    jgt r0, 1024, .L46
    mov64 r4, r10
    add64 r4, -1024
    mov64 r5, r4
    add64 r5, r0
    .loc 2 87 14
    mov64 r3, r5
    sub64 r3, r4
    jlt r3, 8, .L46
    ldxdw r8, [r10-1024]
    mov64 r4, r10
    add64 r4, -1016
    mov64 r3, r5
    sub64 r3, r4
    jlt r3, 8, .L46
    ldxdw r6, [r10-1016]
    mov64 r4, r10
    add64 r4, -1008
    sub64 r5, r4
    jlt r5, 8, .L46
    .loc 2 87 5
    lddw r1, 0x562dc95650414d4f
    lddw r2, 0x400000102
    mov64 r3, 33
    mov64 r4, 97
    call "rt-find-map"
    jne r1, 0, .L11
    mov64 r7, r0
    lddw r5, 0x300007000
    stxdw [r5+32], r7
    .loc 2 90 35
    ldxdw r5, [r7+80]
    .loc 2 90 32
    add64 r5, 1
    jlt r5, 1, .L47
    .loc 2 90 7
    stxdw [r7+80], r5
    .loc 2 91 7
    mov64 r2, r10
    add64 r2, -961
    .loc 1 198 3
    mov64 r1, r2
    mov64 r5, r6
    mov64 r4, 0
    ja .L5
.L3:
    .loc 1 47 47
    lsh64 r0, 3
    .loc 1 47 25
    lddw r2, 0x300007000
    add64 r0, r2
    .loc 1 48 33
    ldxdw r0, [r0+2048]
    .loc 1 48 11
    stxdw [r3+2048], r0
    .loc 1 49 24
    add64 r1, 8
    .loc 1 46 9
    mov64 r3, r1
    ja .L1
.L4:
    .loc 1 198 3
    add64 r4, 1
.L5:
    .loc 2 96 3
    jsge r4, 20, .L6
    .loc 1 199 14
    add64 r1, -1
    .loc 1 200 39
    mov64 r3, r5
    mod64 r3, 10
    .loc 1 200 22
    add64 r3, 48
    .loc 1 200 5
    and64 r3, 255
    stxb [r1], r3
    .loc 1 201 16
    div64 r5, 10
    jne r5, 0, .L4
.L6:
    .loc 2 91 7
    add64 r1, -5
    lddw r5, .data0
    ldxw r4, [r5]
    stxw [r1], r4
    ldxb r5, [r5+4]
    stxb [r1+4], r5
    .loc 1 198 3
    mov64 r5, 0
    ja .L8
.L7:
    add64 r5, 1
.L8:
    .loc 2 96 3
    jsge r5, 20, .L9
    .loc 1 199 14
    add64 r1, -1
    .loc 1 200 39
    mov64 r4, r8
    mod64 r4, 10
    .loc 1 200 22
    add64 r4, 48
    .loc 1 200 5
    and64 r4, 255
    stxb [r1], r4
    .loc 1 201 16
    div64 r8, 10
    jne r8, 0, .L7
.L9:
    .loc 2 91 7
    add64 r1, -16
    lddw r5, .data1
    ldxdw r4, [r5]
    stxdw [r1], r4
    ldxdw r5, [r5+8]
    stxdw [r1+8], r5
    sub64 r2, r1
    jgt r2, 63, .L48
    syscall sol_log_
    .loc 2 92 18
    ldxb r5, [r7+88]
    and64 r5, 1
    jeq r5, 0, .L10
    .loc 2 92 59
    ldxdw r5, [r7+64]
    .loc 2 134 8
    lddw r4, 0x28f5c28f5c28f5c
    jgt r6, r4, .L47
    mov64 r4, r6
    mul64 r4, 100
    .loc 2 134 22
    lddw r3, 0x2a3a0fd5c5f02a3
    jgt r5, r3, .L47
    mul64 r5, 97
    jge r4, r5, .L10
    .loc 2 93 9
    lddw r5, 0x300007000
    stdw [r5+1016], 1
    stxdw [r5+1024], r6
    lddw r1, 0x300007000
    mov32 r2, -0x71d4f0df
    mov64 r3, 0
    syscall sol_tail_call
    jne r0, 0, .L49
.L10:
    .loc 2 87 5
    mov64 r0, 0
.L11:
    exit
.L12:
    .loc 2 96 3
    jle r4, r3, .L25
    lddw r3, 0xb548539508b61310
    jne r4, r3, .L16
    .loc 2 104 3
    jlt r5, 16, .L46
    .loc 2 105 15
    ldxdw r6, [r1+8]
    .loc 2 104 3
    lddw r1, 0x9f35363250414d4f
    lddw r2, 0x400000102
    mov64 r3, 17
    mov64 r4, 81
    call "rt-find-map"
    jne r1, 0, .L11
    lddw r5, 0x300007000
    stxdw [r5+40], r0
    jeq r6, 0, .L50
    .loc 2 108 7
    stxdw [r0+64], r6
    .loc 2 109 7
    stb [r0+80], 1
    .loc 2 110 7
    mov64 r2, r10
    add64 r2, -984
    .loc 1 198 3
    mov64 r1, r2
    mov64 r5, 0
    ja .L14
.L13:
    add64 r5, 1
.L14:
    .loc 2 96 3
    jsge r5, 20, .L15
    .loc 1 199 14
    add64 r1, -1
    .loc 1 200 39
    mov64 r4, r6
    mod64 r4, 10
    .loc 1 200 22
    add64 r4, 48
    .loc 1 200 5
    and64 r4, 255
    stxb [r1], r4
    .loc 1 201 16
    div64 r6, 10
    jne r6, 0, .L13
.L15:
    .loc 2 110 7
    add64 r1, -19
    lddw r5, .data2
    ldxdw r4, [r5]
    stxdw [r1], r4
    ldxdw r4, [r5+8]
    stxdw [r1+8], r4
    ldxw r5, [r5+15]
    stxw [r1+15], r5
    sub64 r2, r1
    jgt r2, 40, .L48
    syscall sol_log_
    .loc 2 104 3
    exit
.L16:
    .loc 2 96 3
    lddw r5, 0xbf6ca9004dacc209
    jne r4, r5, .L18
    .loc 2 66 17
    mov64 r1, 0
    mov64 r2, 0
    mov64 r3, 0
    syscall sol_get_trigger_context
    jeq r0, 0, .L45
    lddw r1, 0x562dc95650414d4f
    lddw r2, 0x400000102
    mov64 r3, 33
    mov64 r4, 97
    call "rt-find-map"
    jne r1, 0, .L11
    lddw r6, 0x300007000
    stxdw [r6+32], r0
    lddw r1, 0x9f35363250414d4f
    lddw r2, 0x400000102
    mov64 r3, 17
    mov64 r4, 81
    call "rt-find-map"
    jne r1, 0, .L11
    stxdw [r6+40], r0
    .loc 2 123 19
    ldxdw r5, [r6+32]
    .loc 2 124 19
    ldxdw r4, [r0+64]
    .loc 2 125 21
    ldxdw r3, [r5+64]
    .loc 2 126 35
    ldxdw r0, [r5+72]
    .loc 2 126 32
    add64 r0, 1
    jlt r0, 1, .L47
    .loc 2 126 5
    stxdw [r5+72], r0
    jne r3, 0, .L17
    .loc 2 127 5
    stxdw [r5+64], r4
    .loc 2 66 17
    mov64 r0, 0
    exit
.L17:
    .loc 2 130 17
    lddw r0, 0x2492492492492492
    jgt r3, r0, .L47
    mul64 r3, 7
    .loc 2 130 14
    add64 r3, r4
    jlt r3, r4, .L47
    .loc 2 130 11
    rsh64 r3, 3
    mov64 r4, r3
    .loc 2 127 5
    stxdw [r5+64], r4
    .loc 2 66 17
    mov64 r0, 0
    exit
.L18:
    .loc 2 96 3
    lddw r5, 0xed9b980d1f6dafaf
    jne r4, r5, .L40
    .loc 2 33 1
    lddw r1, 0x562dc95650414d4f
    lddw r2, 0x400000102
    mov64 r3, 33
    mov64 r4, 97
    call "rt-find-map"
    jne r1, 0, .L11
    mov64 r7, r0
    lddw r8, 0x300007000
    stxdw [r8+32], r7
    lddw r1, 0x9f35363250414d4f
    lddw r2, 0x400000102
    mov64 r3, 17
    mov64 r4, 81
    call "rt-find-map"
    jne r1, 0, .L11
    mov64 r6, r0
    stxdw [r8+40], r6
    .loc 2 86 3
    lddw r5, .data3
    ldxdw r4, [r5]
    stxdw [r10-1024], r4
    ldxdw r4, [r5+8]
    stxdw [r10-1016], r4
    ldxdw r4, [r5+16]
    stxdw [r10-1008], r4
    ldxdw r5, [r5+24]
    stxdw [r10-1000], r5
    lddw r5, .data4
    ldxdw r4, [r5]
    stxdw [r10-992], r4
    ldxdw r5, [r5+6]
    stxdw [r10-986], r5
    .loc 2 87 5
    ldxdw r5, [r8+24]
    ldxdw r4, [r5]
    stxdw [r10-1120], r4
    ldxdw r4, [r5+8]
    stxdw [r10-1112], r4
    ldxdw r4, [r5+16]
    stxdw [r10-1104], r4
    ldxdw r5, [r5+24]
    stxdw [r10-1096], r5
    stdw [r10-1088], 1
    ldxdw r5, [r7-80]
    stxdw [r10-1080], r5
    ldxdw r5, [r7-72]
    stxdw [r10-1072], r5
    ldxdw r5, [r7-64]
    stxdw [r10-1064], r5
    ldxdw r5, [r7-56]
    stxdw [r10-1056], r5
    stb [r10-1048], 0
    stb [r10-1047], 1
    stdw [r10-1046], 8
    lddw r5, 0x93366cfcec714067
    stxdw [r10-1038], r5
    .loc 2 86 3
    mov64 r4, r10
    add64 r4, -1160
    .loc 2 87 5
    mov64 r5, r10
    add64 r5, -1120
    .loc 2 86 3
    stxdw [r10-1160], r5
    stdw [r10-1152], 90
    mov64 r2, r10
    add64 r2, -1024
    mov64 r1, 6
    mov64 r3, 46
    mov64 r5, 26000
    syscall sol_subscribe_event
    jeq r0, 0, .L49
    .loc 2 57 5
    stb [r7+88], 1
    .loc 2 58 5
    stdw [r6+64], 0x5f5e100
    .loc 3 226 17
    mov64 r1, r10
    add64 r1, -1024
    .loc 3 227 3
    syscall sol_get_clock_sysvar
    .loc 3 228 3
    ldxdw r5, [r10-1024]
    .loc 2 59 5
    mov64 r2, r10
    add64 r2, -958
    .loc 1 198 3
    mov64 r1, r2
    mov64 r4, 0x5f5e100
    mov64 r3, 0
    ja .L20
.L19:
    add64 r3, 1
.L20:
    .loc 2 96 3
    jsge r3, 20, .L21
    .loc 1 199 14
    add64 r1, -1
    .loc 1 200 39
    mov64 r0, r4
    mod64 r0, 10
    .loc 1 200 22
    add64 r0, 48
    .loc 1 200 5
    and64 r0, 255
    stxb [r1], r0
    .loc 1 201 16
    div64 r4, 10
    jne r4, 0, .L19
.L21:
    .loc 2 59 5
    add64 r1, -7
    lddw r4, .data5+15
    ldxw r3, [r4]
    stxw [r1], r3
    ldxw r4, [r4+3]
    stxw [r1+3], r4
    .loc 1 198 3
    mov64 r4, 0
    ja .L23
.L22:
    add64 r4, 1
.L23:
    .loc 2 96 3
    jsge r4, 20, .L24
    .loc 1 199 14
    add64 r1, -1
    .loc 1 200 39
    mov64 r3, r5
    mod64 r3, 10
    .loc 1 200 22
    add64 r3, 48
    .loc 1 200 5
    and64 r3, 255
    stxb [r1], r3
    .loc 1 201 16
    div64 r5, 10
    jne r5, 0, .L22
.L24:
    .loc 2 59 5
    add64 r1, -17
    lddw r5, .data6
    ldxdw r4, [r5]
    stxdw [r1], r4
    ldxdw r4, [r5+8]
    stxdw [r1+8], r4
    ldxb r5, [r5+16]
    stxb [r1+16], r5
    sub64 r2, r1
    jgt r2, 66, .L48
    syscall sol_log_
    .loc 2 65 17
    stdw [r10-1024], 5
    .loc 2 63 5
    stdw [r10-1016], 0
    .loc 2 66 17
    lddw r5, 0x300007000
    ldxdw r5, [r5+24]
    ldxdw r4, [r5]
    stxdw [r10-1288], r4
    ldxdw r4, [r5+8]
    stxdw [r10-1280], r4
    ldxdw r4, [r5+16]
    stxdw [r10-1272], r4
    ldxdw r5, [r5+24]
    stxdw [r10-1264], r5
    stdw [r10-1256], 2
    ldxdw r5, [r7-80]
    stxdw [r10-1248], r5
    ldxdw r5, [r7-72]
    stxdw [r10-1240], r5
    ldxdw r5, [r7-64]
    stxdw [r10-1232], r5
    ldxdw r5, [r7-56]
    stxdw [r10-1224], r5
    stb [r10-1216], 0
    stb [r10-1215], 1
    add64 r6, -80
    ldxdw r5, [r6]
    stxdw [r10-1214], r5
    ldxdw r5, [r6+8]
    stxdw [r10-1206], r5
    ldxdw r5, [r6+16]
    stxdw [r10-1198], r5
    ldxdw r5, [r6+24]
    stxdw [r10-1190], r5
    stb [r10-1182], 0
    stb [r10-1181], 1
    stdw [r10-1180], 8
    lddw r5, 0xbf6ca9004dacc209
    stxdw [r10-1172], r5
    .loc 2 63 5
    mov64 r4, r10
    add64 r4, -1160
    .loc 2 66 17
    mov64 r5, r10
    add64 r5, -1288
    .loc 2 63 5
    stxdw [r10-1160], r5
    stdw [r10-1152], 124
    mov64 r2, r10
    add64 r2, -1024
    mov64 r1, 0
    mov64 r3, 16
    mov64 r5, 60000
    syscall sol_subscribe_event
    jeq r0, 0, .L49
    .loc 2 71 17
    stdw [r10-1024], 25
    .loc 2 69 5
    stdw [r10-1016], 0
    .loc 2 72 17
    lddw r5, 0x300007000
    ldxdw r5, [r5+24]
    ldxdw r4, [r5]
    stxdw [r10-1384], r4
    ldxdw r4, [r5+8]
    stxdw [r10-1376], r4
    ldxdw r4, [r5+16]
    stxdw [r10-1368], r4
    ldxdw r5, [r5+24]
    stxdw [r10-1360], r5
    stdw [r10-1352], 1
    ldxdw r5, [r6]
    stxdw [r10-1344], r5
    ldxdw r5, [r6+8]
    stxdw [r10-1336], r5
    ldxdw r5, [r6+16]
    stxdw [r10-1328], r5
    ldxdw r5, [r6+24]
    stxdw [r10-1320], r5
    stb [r10-1312], 0
    stb [r10-1311], 1
    stdw [r10-1310], 8
    lddw r5, 0x445931b1e8ef7256
    stxdw [r10-1302], r5
    .loc 2 69 5
    mov64 r4, r10
    add64 r4, -1160
    .loc 2 72 17
    mov64 r5, r10
    add64 r5, -1384
    .loc 2 69 5
    stxdw [r10-1160], r5
    stdw [r10-1152], 90
    mov64 r2, r10
    add64 r2, -1024
    mov64 r1, 0
    mov64 r3, 16
    mov64 r5, 60000
    syscall sol_subscribe_event
    jeq r0, 0, .L49
    .loc 2 80 17
    lddw r5, 0x300007000
    ldxdw r5, [r5+24]
    ldxdw r4, [r5]
    stxdw [r10-1024], r4
    ldxdw r4, [r5+8]
    stxdw [r10-1016], r4
    ldxdw r4, [r5+16]
    stxdw [r10-1008], r4
    ldxdw r5, [r5+24]
    stxdw [r10-1000], r5
    stdw [r10-992], 0
    stdw [r10-984], 8
    lddw r5, 0x1d741f11f498216a
    stxdw [r10-976], r5
    .loc 2 77 17
    mov64 r2, r10
    add64 r2, -1160
    stw [r10-1160], 1792
    stw [r10-1156], 64
    stdw [r10-1152], -1
    stdw [r10-1144], 200
    stdw [r10-1136], 0
    .loc 2 80 17
    mov64 r3, r10
    add64 r3, -1024
    .loc 2 75 5
    mov64 r1, r6
    mov64 r4, 56
    mov64 r5, 60000
    syscall sol_watch_account
    jeq r0, 0, .L49
    .loc 2 33 1
    mov64 r0, 0
    exit
.L25:
    .loc 2 96 3
    lddw r3, 0x445931b1e8ef7256
    jne r4, r3, .L29
    .loc 2 72 17
    mov64 r1, 0
    mov64 r2, 0
    mov64 r3, 0
    syscall sol_get_trigger_context
    jeq r0, 0, .L45
    lddw r1, 0x9f35363250414d4f
    lddw r2, 0x400000102
    mov64 r3, 17
    mov64 r4, 81
    call "rt-find-map"
    jne r1, 0, .L11
    lddw r5, 0x300007000
    stxdw [r5+40], r0
    .loc 2 115 19
    ldxdw r5, [r0+72]
    .loc 2 116 13
    ldxb r4, [r0+80]
    and64 r4, 1
    jeq r4, 0, .L26
    .loc 2 72 17
    mov64 r0, 0
    exit
.L26:
    .loc 2 117 31
    mov64 r4, r5
    add64 r4, 1
    jlt r4, 1, .L47
    .loc 2 117 7
    stxdw [r0+72], r4
    .loc 2 119 15
    ldxdw r4, [r0+64]
    .loc 2 19 17
    stdw [r10-1024], 1001
    .loc 2 19 22
    stdw [r10-1016], 985
    .loc 2 19 26
    stdw [r10-1008], 973
    .loc 2 19 30
    stdw [r10-1000], 968
    .loc 2 19 34
    stdw [r10-992], 1004
    .loc 2 19 39
    stdw [r10-984], 1025
    .loc 2 19 44
    stdw [r10-976], 1030
    .loc 2 19 49
    stdw [r10-968], 1012
    .loc 2 119 45
    and64 r5, 7
    .loc 2 119 38
    lsh64 r5, 3
    mov64 r3, r10
    add64 r3, -1024
    add64 r5, r3
    .loc 2 119 33
    ldxdw r3, [r5]
    .loc 2 119 12
    mov64 r5, r4
    mul64 r5, r3
    jne r3, 0, .L28
.L27:
    .loc 2 119 9
    div64 r5, 1000
    .loc 2 118 7
    stxdw [r0+64], r5
    .loc 2 72 17
    mov64 r0, 0
    exit
.L28:
    .loc 2 119 12
    mov64 r2, r5
    div64 r2, r3
    jne r2, r4, .L47
    ja .L27
.L29:
    .loc 2 96 3
    jle r4, r3, .L38
    lddw r3, 0x626244310051867b
    jne r4, r3, .L41
    lddw r4, 0x300007000
    ldxdw r4, [r4+1016]
    jeq r4, 0, .L31
    lddw r5, 0x300007000
    ldxdw r6, [r5+1024]
.L30:
    lddw r1, 0x562dc95650414d4f
    lddw r2, 0x400000102
    mov64 r3, 33
    mov64 r4, 97
    call "rt-find-map"
    jne r1, 0, .L11
    mov64 r7, r0
    lddw r5, 0x300007000
    stxdw [r5+32], r7
    .loc 2 99 7
    stb [r7+88], 0
    .loc 3 226 17
    mov64 r1, r10
    add64 r1, -1024
    .loc 3 227 3
    syscall sol_get_clock_sysvar
    .loc 3 228 3
    ldxdw r5, [r10-1024]
    .loc 2 100 7
    stxdw [r7+89], r5
    .loc 2 101 61
    ldxdw r5, [r7+64]
    .loc 2 101 7
    mov64 r2, r10
    add64 r2, -951
    .loc 1 198 3
    mov64 r1, r2
    mov64 r4, 0
    ja .L33
.L31:
    .loc 2 96 3
    jlt r5, 16, .L46
    .loc 2 97 15
    ldxdw r6, [r1+8]
    .loc 2 96 3
    ja .L30
.L32:
    .loc 1 198 3
    add64 r4, 1
.L33:
    .loc 2 96 3
    jsge r4, 20, .L34
    .loc 1 199 14
    add64 r1, -1
    .loc 1 200 39
    mov64 r3, r5
    mod64 r3, 10
    .loc 1 200 22
    add64 r3, 48
    .loc 1 200 5
    and64 r3, 255
    stxb [r1], r3
    .loc 1 201 16
    div64 r5, 10
    jne r5, 0, .L32
.L34:
    .loc 2 101 7
    add64 r1, -9
    lddw r5, .data7
    ldxdw r4, [r5]
    stxdw [r1], r4
    ldxb r5, [r5+8]
    stxb [r1+8], r5
    .loc 1 198 3
    mov64 r5, 0
    ja .L36
.L35:
    add64 r5, 1
.L36:
    .loc 2 96 3
    jsge r5, 20, .L37
    .loc 1 199 14
    add64 r1, -1
    .loc 1 200 39
    mov64 r4, r6
    mod64 r4, 10
    .loc 1 200 22
    add64 r4, 48
    .loc 1 200 5
    and64 r4, 255
    stxb [r1], r4
    .loc 1 201 16
    div64 r6, 10
    jne r6, 0, .L35
.L37:
    .loc 2 101 7
    add64 r1, -22
    lddw r5, .data5
    ldxdw r4, [r5]
    stxdw [r1], r4
    ldxdw r4, [r5+8]
    stxdw [r1+8], r4
    ldxdw r5, [r5+14]
    stxdw [r1+14], r5
    sub64 r2, r1
    jgt r2, 73, .L48
    syscall sol_log_
    .loc 2 96 3
    exit
.L38:
    lddw r5, 0x1d741f11f498216a
    jne r4, r5, .L39
    .loc 2 80 17
    mov64 r1, r10
    add64 r1, -1024
    mov64 r2, 48
    mov64 r3, 21
    syscall sol_get_trigger_context
    jeq r0, 0, .L45
    add64 r0, -48
    jlt r0, 21, .L46
    .loc 2 80 26
    ldxdw r5, [r10-1024]
    .loc 2 80 36
    ldxdw r4, [r10-1016]
    .loc 2 83 23
    stxdw [r10-1024], r5
    .loc 2 83 38
    stxdw [r10-1016], r4
    .loc 3 226 17
    mov64 r1, r10
    add64 r1, -1160
    .loc 3 227 3
    syscall sol_get_clock_sysvar
    .loc 3 228 3
    ldxdw r5, [r10-1160]
    .loc 2 83 54
    stxdw [r10-1008], r5
    .loc 2 82 21
    lddw r1, .data8
    .loc 2 83 17
    mov64 r3, r10
    add64 r3, -1024
    .loc 2 81 9
    mov64 r2, 11
    mov64 r4, 24
    syscall sol_emit_event
    jne r0, 0, .L49
    .loc 2 80 17
    mov64 r0, 0
    exit
.L39:
    .loc 2 96 3
    lddw r5, 0x3205fc0e54cf7eb1
    jne r4, r5, .L42
    .loc 2 35 3
    lddw r2, .data9
    mov64 r1, 2
    call "rt-create-map"
    jne r1, 0, .L11
    lddw r2, .data10
    mov64 r1, 3
    call "rt-create-map"
    jne r1, 0, .L11
    mov64 r0, 0
    exit
.L40:
    .loc 2 96 3
    mov64 r0, 5005
    exit
.L41:
    mov64 r0, 5005
    exit
.L42:
    mov64 r0, 5005
    exit
.L43:
    mov64 r0, 5007
    exit
.L44:
    mov64 r0, 5005
    exit
.L45:
    mov64 r0, 5010
    exit
.L46:
    mov64 r0, 5006
    exit
.L47:
    mov64 r0, 5000
    exit
.L48:
    mov64 r0, 5003
    exit
.L49:
    mov64 r0, 5009
    exit
.L50:
    mov64 r0, 6000
    exit

"rt-find-map":
    .loc 1 72 1
    stxdw [r10-8], r4
    .loc 1 12 3
    lddw r4, 0x300007000
    ldxdw r5, [r4+24]
    .loc 3 151 12
    ldxdw r4, [r4]
    .loc 3 151 3
    and64 r4, 255
    .loc 1 75 3
    mov64 r0, 0
    ja .L52
.L51:
    add64 r0, 1
.L52:
    .loc 1 72 1
    jge r0, r4, .L53
    .loc 1 76 57
    mov64 r6, r0
    lsh64 r6, 3
    .loc 1 76 30
    lddw r7, 0x300007000
    add64 r6, r7
    .loc 1 76 20
    ldxdw r6, [r6+2048]
    .loc 1 77 20
    ldxdw r7, [r6+80]
    ldxdw r8, [r10-8]
    jlt r7, r8, .L51
    .loc 1 78 19
    ldxdw r7, [r6+88]
    jne r7, r1, .L51
    .loc 1 79 19
    ldxdw r7, [r6+96]
    jne r7, r2, .L51
    .loc 1 80 19
    ldxw r7, [r6+104]
    jne r7, r3, .L51
    .loc 1 81 29
    mov64 r7, r6
    add64 r7, 40
    .loc 1 58 11
    ldxdw r8, [r7]
    .loc 1 58 26
    ldxdw r9, [r5]
    jne r8, r9, .L51
    .loc 1 59 11
    ldxdw r8, [r7+8]
    .loc 1 59 26
    ldxdw r9, [r5+8]
    jne r8, r9, .L51
    .loc 1 60 11
    ldxdw r8, [r7+16]
    .loc 1 60 27
    ldxdw r9, [r5+16]
    jne r8, r9, .L51
    .loc 1 61 11
    ldxdw r7, [r7+24]
    .loc 1 61 27
    ldxdw r8, [r5+24]
    jne r7, r8, .L51
    .loc 1 82 15
    add64 r6, 88
    .loc 1 82 7
    mov64 r0, r6
    mov64 r1, 0
    exit
.L53:
    .loc 1 72 1
    mov64 r0, 5008
    mov64 r1, 1
    exit

"rt-create-map":
    .loc 1 181 1
    stxdw [r10-176], r2
    .loc 3 151 12
    lddw r5, 0x300007000
    ldxdw r5, [r5]
    .loc 3 151 3
    and64 r5, 255
    jge r1, r5, .L68
    .loc 1 17 40
    lsh64 r1, 3
    .loc 1 17 13
    lddw r4, 0x300007000
    add64 r1, r4
    .loc 1 17 3
    ldxdw r6, [r1+2048]
    .loc 1 183 17
    ldxdw r5, [r10-176]
    ldxdw r5, [r5]
    stxdw [r10-184], r5
    .loc 1 184 20
    mov64 r5, r6
    add64 r5, 40
    .loc 1 12 3
    ldxdw r7, [r4+24]
    .loc 1 58 11
    ldxdw r4, [r5]
    .loc 1 58 26
    ldxdw r3, [r7]
    jne r4, r3, .L59
    .loc 1 59 11
    ldxdw r4, [r5+8]
    .loc 1 59 26
    ldxdw r3, [r7+8]
    jne r4, r3, .L59
    .loc 1 60 11
    ldxdw r4, [r5+16]
    .loc 1 60 27
    ldxdw r3, [r7+16]
    jne r4, r3, .L59
    .loc 1 61 11
    ldxdw r5, [r5+24]
    .loc 1 61 27
    ldxdw r4, [r7+24]
    jne r5, r4, .L59
    .loc 1 186 24
    ldxdw r5, [r6+80]
    ldxdw r4, [r10-184]
    jge r5, r4, .L55
    .loc 1 188 43
    add64 r5, 10240
    jlt r5, 10240, .L69
    jge r5, r4, .L58
.L54:
    .loc 1 188 11
    stxdw [r6+80], r5
.L55:
    .loc 1 190 18
    ldxdw r5, [r6+80]
    ldxdw r4, [r10-184]
    jlt r5, r4, .L56
    .loc 1 190 49
    ldxdw r5, [r6+88]
    jne r5, 0, .L56
    .loc 1 191 17
    add64 r6, 88
    .loc 1 191 42
    ldxdw r5, [r10-176]
    add64 r5, 48
    .loc 1 191 5
    ldxdw r4, [r5]
    stxdw [r6], r4
    ldxdw r4, [r5+8]
    stxdw [r6+8], r4
    ldxdw r5, [r5+16]
    stxdw [r6+16], r5
.L56:
    .loc 1 181 1
    mov64 r1, 0
.L57:
    exit
.L58:
    ldxdw r5, [r10-184]
    ja .L54
.L59:
    .loc 1 151 17
    mov64 r8, r10
    add64 r8, -48
    .loc 1 152 17
    mov64 r4, r10
    add64 r4, -88
    .loc 1 153 19
    mov64 r5, r10
    add64 r5, -104
    stxdw [r10-192], r5
    .loc 1 154 16
    mov64 r5, r10
    add64 r5, -144
    stxdw [r10-200], r5
    .loc 1 155 22
    lddw r5, .data11
    .loc 1 155 3
    stxdw [r10-48], r5
    .loc 1 156 3
    stdw [r10-40], 3
    .loc 1 157 23
    ldxdw r5, [r10-176]
    mov64 r3, r5
    add64 r3, 16
    .loc 1 157 3
    stxdw [r10-32], r3
    .loc 1 158 23
    ldxdw r5, [r5+8]
    .loc 1 158 3
    stxdw [r10-24], r5
    .loc 1 159 73
    mov64 r9, r4
    add64 r9, 32
    .loc 1 159 11
    mov64 r1, r8
    mov64 r3, r7
    mov64 r5, r9
    mov64 r2, 2
    syscall sol_try_find_program_address
    jne r0, 0, .L70
    .loc 1 161 31
    mov64 r5, r6
    add64 r5, 8
    .loc 1 58 11
    ldxdw r4, [r10-88]
    .loc 1 58 26
    ldxdw r3, [r5]
    jne r4, r3, .L70
    .loc 1 59 11
    ldxdw r4, [r10-80]
    .loc 1 59 26
    ldxdw r3, [r5+8]
    jne r4, r3, .L70
    .loc 1 60 11
    ldxdw r4, [r10-72]
    .loc 1 60 27
    ldxdw r3, [r5+16]
    jne r4, r3, .L70
    .loc 1 61 11
    ldxdw r4, [r10-64]
    .loc 1 61 27
    ldxdw r5, [r5+24]
    jne r4, r5, .L70
    .loc 1 162 3
    stxdw [r10-16], r9
    .loc 1 163 3
    stdw [r10-8], 1
    .loc 1 164 3
    stxdw [r10-104], r8
    .loc 1 165 3
    stdw [r10-96], 3
    .loc 1 100 16
    mov64 r1, r10
    add64 r1, -168
    .loc 1 101 3
    syscall sol_get_rent_sysvar
    .loc 1 102 24
    ldxdw r5, [r10-160]
    lddw r4, 0x3ff0000000000000
    jne r5, r4, .L65
    mov64 r5, 1
.L60:
    .loc 1 103 9
    ldxdw r3, [r10-184]
    add64 r3, 128
    jlt r3, 128, .L69
    .loc 1 103 23
    ldxdw r0, [r10-168]
    .loc 1 103 6
    mov64 r4, r3
    mul64 r4, r0
    jne r0, 0, .L66
.L61:
    .loc 1 103 3
    mov64 r3, r4
    mul64 r3, r5
    jne r5, 0, .L67
.L62:
    .loc 1 167 19
    ldxdw r5, [r6+72]
    jge r5, r3, .L63
    .loc 1 169 5
    stw [r10-144], 2
    .loc 1 170 23
    sub64 r3, r5
    .loc 1 170 5
    stxdw [r10-140], r3
    .loc 3 151 12
    lddw r5, 0x300007000
    ldxdw r5, [r5]
    .loc 3 151 3
    and64 r5, 255
    jeq r5, 0, .L68
    .loc 1 17 3
    lddw r5, 0x300007000
    ldxdw r3, [r5+2048]
    .loc 1 171 5
    ldxdw r1, [r10-200]
    mov64 r4, r6
    mov64 r2, 12
    mov64 r5, 0
    call "rt-call-system"
    jne r1, 0, .L57
.L63:
    .loc 1 172 3
    stw [r10-144], 8
    ldxdw r5, [r10-184]
    jle r5, 10240, .L64
    mov64 r5, 10240
.L64:
    .loc 1 173 3
    stxdw [r10-140], r5
    .loc 1 174 3
    ldxdw r1, [r10-200]
    mov64 r4, r6
    ldxdw r5, [r10-192]
    mov64 r2, 12
    mov64 r3, 0
    call "rt-call-system"
    jne r1, 0, .L57
    .loc 1 175 3
    stw [r10-144], 1
    .loc 1 176 3
    ldxdw r5, [r7]
    stxdw [r10-140], r5
    ldxdw r5, [r7+8]
    stxdw [r10-132], r5
    ldxdw r5, [r7+16]
    stxdw [r10-124], r5
    ldxdw r5, [r7+24]
    stxdw [r10-116], r5
    .loc 1 177 3
    ldxdw r1, [r10-200]
    mov64 r4, r6
    ldxdw r5, [r10-192]
    mov64 r2, 36
    mov64 r3, 0
    call "rt-call-system"
    jne r1, 0, .L57
    .loc 1 189 7
    ja .L55
.L65:
    .loc 1 181 1
    mov64 r5, 2
    ja .L60
.L66:
    .loc 1 103 6
    mov64 r2, r4
    div64 r2, r0
    jne r2, r3, .L69
    ja .L61
.L67:
    .loc 1 103 3
    mov64 r0, r3
    div64 r0, r5
    jne r0, r4, .L69
    ja .L62
.L68:
    .loc 1 181 1
    mov64 r0, 5007
    mov64 r1, 1
    exit
.L69:
    mov64 r0, 5000
    mov64 r1, 1
    exit
.L70:
    mov64 r0, 5008
    mov64 r1, 1
    exit

"rt-call-system":
    .loc 1 122 1
    stxdw [r10-248], r1
    stxdw [r10-256], r2
    mov64 r8, r3
    stxdw [r10-264], r4
    stxdw [r10-272], r5
    .loc 3 151 12
    lddw r5, 0x300007000
    ldxdw r5, [r5]
    .loc 3 151 3
    and64 r5, 255
    jle r5, 1, .L79
    .loc 1 17 3
    lddw r5, 0x300007008
    ldxdw r9, [r5+2048]
    .loc 1 125 17
    mov64 r6, r10
    add64 r6, -200
    .loc 1 126 23
    mov64 r5, r10
    add64 r5, -240
    stxdw [r10-280], r5
    jne r8, 0, .L75
    mov64 r7, 1
.L71:
    .loc 1 122 1
    jne r8, 0, .L76
    .loc 1 117 21
    ldxdw r5, [r10-264]
    add64 r5, 8
    .loc 1 117 3
    stxdw [r10-32], r5
    .loc 1 118 3
    stdw [r10-24], 257
.L72:
    .loc 1 133 3
    mov64 r1, r6
    mov64 r2, r9
    call "rt-account-info"
    .loc 1 134 20
    mov64 r1, r6
    add64 r1, 56
    .loc 1 134 3
    ldxdw r2, [r10-264]
    call "rt-account-info"
    jeq r8, 0, .L73
    .loc 1 136 22
    mov64 r1, r6
    add64 r1, 112
    .loc 1 136 5
    mov64 r2, r8
    call "rt-account-info"
.L73:
    .loc 1 137 28
    add64 r9, 8
    .loc 1 137 3
    stxdw [r10-240], r9
    .loc 1 124 17
    mov64 r5, r10
    add64 r5, -32
    .loc 1 138 3
    stxdw [r10-232], r5
    .loc 1 139 3
    stxdw [r10-224], r7
    .loc 1 140 3
    ldxdw r5, [r10-248]
    stxdw [r10-216], r5
    .loc 1 141 3
    ldxdw r5, [r10-256]
    stxdw [r10-208], r5
    .loc 1 143 54
    add64 r7, 1
    ldxdw r5, [r10-272]
    jne r5, 0, .L77
    mov64 r5, 0
.L74:
    .loc 1 143 5
    ldxdw r1, [r10-280]
    mov64 r2, r6
    mov64 r3, r7
    ldxdw r4, [r10-272]
    syscall sol_invoke_signed_c
    jne r0, 0, .L78
    .loc 1 122 1
    mov64 r1, 0
    exit
.L75:
    .loc 1 127 35
    mov64 r7, 2
    ja .L71
.L76:
    .loc 1 117 21
    mov64 r5, r8
    add64 r5, 8
    .loc 1 117 3
    stxdw [r10-32], r5
    .loc 1 118 3
    stdw [r10-24], 257
    .loc 1 117 21
    ldxdw r5, [r10-264]
    add64 r5, 8
    .loc 1 117 3
    stxdw [r10-16], r5
    .loc 1 118 3
    stdw [r10-8], 1
    .loc 1 130 7
    ja .L72
.L77:
    .loc 1 122 1
    mov64 r5, 1
    ja .L74
.L78:
    .loc 1 145 19
    mov64 r1, 1
    exit
.L79:
    .loc 1 122 1
    mov64 r0, 5007
    mov64 r1, 1
    exit

"rt-account-info":
    .loc 1 106 21
    mov64 r5, r2
    add64 r5, 8
    .loc 1 106 3
    stxdw [r1], r5
    .loc 1 107 21
    mov64 r5, r2
    add64 r5, 72
    .loc 1 107 3
    stxdw [r1+8], r5
    .loc 1 108 22
    ldxdw r5, [r2+80]
    .loc 1 108 3
    stxdw [r1+16], r5
    .loc 1 109 22
    mov64 r5, r2
    add64 r5, 88
    .loc 1 109 3
    stxdw [r1+24], r5
    .loc 1 110 22
    mov64 r5, r2
    add64 r5, 40
    .loc 1 110 3
    stxdw [r1+32], r5
    .loc 1 111 3
    stdw [r1+40], 0
    .loc 1 112 23
    ldxb r5, [r2+1]
    .loc 1 112 3
    stxb [r1+48], r5
    .loc 1 113 23
    ldxb r5, [r2+2]
    .loc 1 113 3
    stxb [r1+49], r5
    .loc 1 114 23
    ldxb r5, [r2+3]
    .loc 1 114 3
    stxb [r1+50], r5
    .loc 1 105 1
    exit
