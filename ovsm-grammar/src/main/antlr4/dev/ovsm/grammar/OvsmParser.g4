/*
 * The shape of OVSM text: a file is a sequence of forms. Special forms, macros and types come after
 * reading.
 *
 * The generated parser recurses as deep as its input nests, so the reader builds forms from the
 * tokens with a stack of its own, and this grammar is what its tests hold it to.
 */
parser grammar OvsmParser;

options { tokenVocab = OvsmLexer; }

file : item* EOF ;
item : form | discarded ;
discarded : DISCARD discarded* form ;
form : list | vector | map | prefixed | atom ;
list : OPEN_LIST item* CLOSE_LIST ;
vector : OPEN_VECTOR item* CLOSE_VECTOR ;
map : OPEN_MAP ( item | UNQUOTE )* CLOSE_MAP ;
prefixed : ( QUOTE | QUASIQUOTE | UNQUOTE | SPLICE ) discarded* form ;
atom : INTEGER | DECIMAL | STRING | CHARACTER | PUBKEY | KEYWORD | SYMBOL ;
