/*
 * The tokens of OVSM. Every text is a sequence of these tokens: what fits no rule is one
 * UNEXPECTED character, so lexing never fails.
 */
lexer grammar OvsmLexer;

OPEN_LIST : '(' ;
CLOSE_LIST : ')' ;
OPEN_VECTOR : '[' ;
CLOSE_VECTOR : ']' ;
OPEN_MAP : '{' ;
CLOSE_MAP : '}' ;

QUOTE : '\'' ;
QUASIQUOTE : '`' ;
SPLICE : ',@' ;
UNQUOTE : ',' ;
DISCARD : '#;' ;

INTEGER : [+-]? ( HEXADECIMAL | BINARY | DIGITS ) SUFFIX? ;
DECIMAL : [+-]? DIGITS ( '.' DIGITS EXPONENT? | EXPONENT ) ;
STRING : '"' ( '\\' . | ~["\\] )* '"' ;
OPEN_STRING : '"' ( '\\' . | ~["\\] )* '\\'? EOF ;
CHARACTER : '#\\' . [A-Za-z0-9]* ;
PUBKEY : '#pubkey"' ~["\r\n]* '"' ;
KEYWORD : ':' NAME ;
SYMBOL : NAME ;

BLANK : [ \t\r\n\f\u00A0\uFEFF]+ -> skip ;
LINE_COMMENT : ';' ~[\r\n]* -> skip ;
OPEN_COMMENT : '#|' -> skip, pushMode(COMMENT) ;
UNEXPECTED : . ;

fragment DIGITS : [0-9] [0-9_]* ;
fragment HEXADECIMAL : '0' [xX] [0-9a-fA-F] [0-9a-fA-F_]* ;
fragment BINARY : '0' [bB] [01] [01_]* ;
fragment EXPONENT : [eE] [+-]? [0-9]+ ;
fragment SUFFIX : [ui] ( '8' | '16' | '32' | '64' | '128' ) ;
fragment NAME : NAME_START NAME_PART* ;
fragment NAME_START : ~[\u0000-\u0020()[\]{}"'`,;#:\u007F-\u00A0\uFEFF] | ':' ;
fragment NAME_PART : ~[\u0000-\u0020()[\]{}"'`,;\u007F-\u00A0\uFEFF] ;

/* Block comments nest; each opening pushes this mode once more. */
mode COMMENT;

COMMENT_TEXT : ~[#|]+ -> skip ;
COMMENT_OPEN : '#|' -> skip, pushMode(COMMENT) ;
COMMENT_CLOSE : '|#' -> skip, popMode ;
COMMENT_SIGN : [#|] -> skip ;
