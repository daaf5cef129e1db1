package dev.ovsm.frontend.ast;

import java.util.List;

/** Operations on values, memory, accounts and the program itself. */
public enum Operation implements Builtin {
  GET(2, 3, "get"),
  ELEMENTS_FROM(2, 2, "rt-elements-from"),
  TEXT(1, Integer.MAX_VALUE, "str", "string-append", "concat"),
  TEXT_AT(2, 2, "string-at"),
  LENGTH(1, 1, "length", "len"),
  PUSH(2, 2, "push!"),
  POP(1, 1, "pop!"),
  CLEAR(1, 1, "clear!"),
  LOG(1, Integer.MAX_VALUE, "log"),
  EMIT(1, Integer.MAX_VALUE, "emit-event"),
  MAP_LOOKUP(2, 2, "map-lookup"),
  MAP_UPDATE(3, 4, "map-update"),
  MAP_DELETE(2, 2, "map-delete"),
  MAP_LENGTH(1, 1, "map-length"),
  MAP_PUSH(2, 2, "map-push"),
  MAP_POP(1, 1, "map-pop"),
  MAP_PEEK(1, 1, "map-peek"),
  FAIL(1, 1, "fail"),
  ERROR(1, Integer.MAX_VALUE, "error"),
  REQUIRE(1, 3, "require"),
  ASSERT(1, 2, "assert"),
  SYSCALL(1, 6, "syscall"),
  STACK_ALLOCATE(1, 2, "stack-allocate"),
  COPY(3, 3, "copy-bytes"),
  ZERO(2, 2, "zero-bytes"),
  ADDRESS_OF(1, 1, "address-of"),
  /** Of an option its value, of anything else itself. */
  VALUE_OF(1, 1, "rt-value-of"),
  CONTEXT(0, 0, "rt-context"),
  LOW_WORD(1, 1, "rt-low"),
  HIGH_WORD(1, 1, "rt-high"),
  MAKE_U128(2, 2, "rt-u128"),
  MAKE_I128(2, 2, "rt-i128"),
  F64_BITS(1, 1, "f64-bits"),
  BITS_F64(1, 1, "bits-f64"),
  TO_F64(1, 1, "f64"),
  TO_DECIMAL(1, 1, "decimal"),
  DECIMAL_MILLIONTHS(1, 1, "decimal-millionths"),
  MILLIONTHS_DECIMAL(1, 1, "millionths-decimal"),
  ACCOUNT(1, 1, "account"),
  ACCOUNT_RECORD(1, 1, "account-record"),
  ACCOUNT_AT(1, 2, "account-at"),
  STRUCT_SIZE(1, 1, "struct-size"),
  STRUCT_IDL(1, 1, "struct-idl"),
  STRUCT_OFFSET(2, 2, "rt-struct-offset"),
  STRUCT_FIELD_SIZE(2, 2, "rt-struct-field-size"),
  STRUCT_ADDRESS(3, 3, "rt-struct-ptr"),
  STRUCT_GET(3, 3, "rt-struct-get"),
  STRUCT_SET(4, 4, "rt-struct-set"),
  TAIL_CALL(2, 2, "sol-tail-call"),
  SUBSCRIBE(2, Integer.MAX_VALUE, "sol-subscribe-event"),
  BUILD_INSTRUCTION(2, Integer.MAX_VALUE, "build-instruction"),
  SERIALIZE_INSTRUCTION(1, 1, "serialize-instruction"),
  ASSOC(3, 3, "assoc");

  private final int fewest;
  private final int most;
  private final List<String> names;

  Operation(int fewest, int most, String... names) {
    this.fewest = fewest;
    this.most = most;
    this.names = List.of(names);
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int fewest() {
    return fewest;
  }

  @Override
  public int most() {
    return most;
  }
}
