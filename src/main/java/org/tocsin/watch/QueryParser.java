package org.tocsin.watch;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;

/** Reads the text of a watch by hand, one piece ahead; depth and size are bounded before anything is built. */
final class QueryParser {
    private final String text;
    private final List<Lexeme> lexemes;
    private final List<Finding> remarks;
    private final IdentityHashMap<WatchQuery, int[]> places;
    private int next;
    private int clauses;
    private int depth;

    private QueryParser(String text, List<Lexeme> lexemes) {
        this.text = text;
        this.lexemes = lexemes;
        this.remarks = new ArrayList<>();
        this.places = new IdentityHashMap<>();
    }

    /**
     * What was read.
     *
     * @param places where each clause stands: start and end; by identity
     */
    record Parsed(WatchQuery query, List<Finding> remarks, IdentityHashMap<WatchQuery, int[]> places) {}

    /** @throws QueryRefusal at the first fault */
    static Parsed parse(String text) {
        if (text.length() > QueryLimits.LENGTH) {
            throw new QueryRefusal(
                    text,
                    QueryLimits.LENGTH,
                    QueryLimits.LENGTH,
                    "watch.long",
                    "actual",
                    text.length(),
                    "limit",
                    QueryLimits.LENGTH);
        }
        QueryParser parser = new QueryParser(text, new Lexer(text).lexemes());
        if (parser.peek().type() == Lexeme.Type.END) {
            throw parser.refusal(parser.peek(), "watch.empty");
        }
        WatchQuery query = parser.or();
        Lexeme rest = parser.peek();
        if (rest.type() == Lexeme.Type.CLOSE) {
            throw parser.refusal(rest, "watch.bracket.stray");
        }
        if (rest.type() != Lexeme.Type.END) {
            throw parser.refusal(rest, rest.type() == Lexeme.Type.COMMA ? "watch.comma.stray" : "watch.unexpected");
        }
        return new Parsed(query, parser.remarks, parser.places);
    }

    private Lexeme peek() {
        return lexemes.get(next);
    }

    private Lexeme peek(int ahead) {
        return lexemes.get(Math.min(next + ahead, lexemes.size() - 1));
    }

    private Lexeme take() {
        Lexeme lexeme = peek();
        next = Math.min(next + 1, lexemes.size() - 1);
        return lexeme;
    }

    private QueryRefusal refusal(Lexeme at, String code, Object... pairs) {
        return new QueryRefusal(text, at.start(), at.end(), code, pairs);
    }

    private <Q extends WatchQuery> Q placed(Q query, int start) {
        int end = next == 0 ? start : lexemes.get(next - 1).end();
        places.put(query, new int[] {start, Math.max(start, end)});
        return query;
    }

    private WatchQuery or() {
        int start = peek().start();
        List<WatchQuery> of = new ArrayList<>();
        boolean mixed = false;
        of.add(and());
        mixed |= juxtaposed;
        while (peek().type() == Lexeme.Type.OR) {
            take();
            of.add(and());
            mixed |= juxtaposed;
        }
        juxtaposed = false;
        if (of.size() == 1) {
            return of.getFirst();
        }
        WatchQuery.Or or = placed(new WatchQuery.Or(flat(of)), start);
        if (mixed) {
            int end = places(or)[1];
            remarks.add(new Finding(
                    false,
                    start,
                    end,
                    QueryRefusal.message(text, start, end, "watch.mixed", "read", Canonical.grouped(or))));
        }
        return or;
    }

    /** Whether the last conjunction was written without brackets and without a word between its parts. */
    private boolean juxtaposed;

    private int[] places(WatchQuery query) {
        return places.getOrDefault(query, new int[] {0, 0});
    }

    private static List<WatchQuery> flat(List<WatchQuery> of) {
        List<WatchQuery> flat = new ArrayList<>();
        for (WatchQuery one : of) {
            if (one instanceof WatchQuery.Or or) {
                flat.addAll(or.of());
            } else {
                flat.add(one);
            }
        }
        return flat;
    }

    private WatchQuery and() {
        int start = peek().start();
        List<WatchQuery> of = new ArrayList<>();
        add(of, unary());
        boolean side = false;
        while (true) {
            if (peek().type() == Lexeme.Type.AND) {
                take();
            } else if (begins(peek())) {
                side = true;
            } else {
                break;
            }
            add(of, unary());
        }
        juxtaposed = side;
        return of.size() == 1 ? of.getFirst() : placed(new WatchQuery.And(of), start);
    }

    private static void add(List<WatchQuery> of, WatchQuery one) {
        if (one instanceof WatchQuery.And and) {
            of.addAll(and.of());
        } else {
            of.add(one);
        }
    }

    private static boolean begins(Lexeme lexeme) {
        return switch (lexeme.type()) {
            case OPEN, NOT, EXACT, FIELD, WORD, PHRASE, TAG, HANDLE, LIST, COUNT -> true;
            case CLOSE, COMMA, OR, AND, NEAR, ONEAR, END -> false;
        };
    }

    private WatchQuery unary() {
        if (peek().type() != Lexeme.Type.NOT) {
            return near();
        }
        Lexeme not = take();
        if (peek().type() == Lexeme.Type.NOT) {
            throw refusal(peek(), "watch.not.twice");
        }
        return placed(new WatchQuery.Not(near()), not.start());
    }

    private WatchQuery near() {
        int start = peek().start();
        WatchQuery left = primary();
        Lexeme operator = peek();
        if (operator.type() != Lexeme.Type.NEAR && operator.type() != Lexeme.Type.ONEAR) {
            return left;
        }
        take();
        if (operator.number() > QueryLimits.DISTANCE) {
            throw refusal(operator, "watch.near.far", "limit", QueryLimits.DISTANCE);
        }
        WatchQuery right = primary();
        Lexeme more = peek();
        if (more.type() == Lexeme.Type.NEAR || more.type() == Lexeme.Type.ONEAR) {
            throw refusal(more, "watch.near.chain");
        }
        boolean ordered = operator.type() == Lexeme.Type.ONEAR;
        return placed(new WatchQuery.Near(left, right, operator.number(), ordered), start);
    }

    private WatchQuery primary() {
        Lexeme lexeme = take();
        return switch (lexeme.type()) {
            case OPEN -> group(lexeme);
            case FIELD -> scoped(lexeme);
            case EXACT -> exact(lexeme);
            case WORD -> isSome(lexeme) ? some(lexeme) : clause(Terms.word(text, lexeme), lexeme);
            case PHRASE -> clause(Terms.phrase(text, lexeme, false), lexeme);
            case TAG -> clause(Terms.tag(lexeme), lexeme);
            case HANDLE -> clause(new WatchQuery.Handle(lexeme.text()), lexeme);
            case LIST -> clause(new WatchQuery.Listed(lexeme.text()), lexeme);
            case COUNT -> clause(Terms.count(text, lexeme), lexeme);
            case CLOSE -> throw refusal(lexeme, "watch.bracket.early");
            case COMMA -> throw refusal(lexeme, "watch.comma.stray");
            case END -> throw refusal(lexeme, "watch.end");
            case OR, AND, NOT, NEAR, ONEAR -> throw refusal(lexeme, "watch.operator.alone");
        };
    }

    private WatchQuery clause(WatchQuery query, Lexeme lexeme) {
        if (++clauses > QueryLimits.CLAUSES) {
            throw refusal(lexeme, "watch.clauses", "limit", QueryLimits.CLAUSES);
        }
        return placed(query, lexeme.start());
    }

    private WatchQuery group(Lexeme open) {
        deeper(open);
        if (peek().type() == Lexeme.Type.CLOSE) {
            throw refusal(open, "watch.bracket.empty");
        }
        WatchQuery query = or();
        close(open);
        juxtaposed = false;
        return query;
    }

    private void deeper(Lexeme open) {
        if (++depth > QueryLimits.DEPTH) {
            throw refusal(open, "watch.deep", "limit", QueryLimits.DEPTH);
        }
    }

    private void close(Lexeme open) {
        Lexeme close = take();
        if (close.type() == Lexeme.Type.COMMA) {
            throw refusal(close, "watch.comma.stray");
        }
        if (close.type() != Lexeme.Type.CLOSE) {
            throw refusal(open, "watch.bracket.open");
        }
        depth--;
    }

    private WatchQuery scoped(Lexeme field) {
        deeper(field);
        WatchQuery of = primary();
        depth--;
        return placed(
                new WatchQuery.Scoped(WatchQuery.Field.valueOf(field.text().toUpperCase(Locale.ROOT)), of),
                field.start());
    }

    private WatchQuery exact(Lexeme equals) {
        Lexeme word = take();
        if (word.start() != equals.end() || (word.type() != Lexeme.Type.WORD && word.type() != Lexeme.Type.PHRASE)) {
            throw refusal(equals, "watch.exact.alone");
        }
        WatchQuery query = word.type() == Lexeme.Type.PHRASE ? Terms.phrase(text, word, true) : Terms.exact(text, word);
        return clause(query, equals);
    }

    private boolean isSome(Lexeme number) {
        return number.text().matches("\\d{1,4}") && peek().text().equals("OF") && peek(1).type() == Lexeme.Type.OPEN;
    }

    private WatchQuery some(Lexeme number) {
        take();
        Lexeme open = take();
        deeper(open);
        List<WatchQuery> of = new ArrayList<>();
        of.add(or());
        while (peek().type() == Lexeme.Type.COMMA) {
            take();
            of.add(or());
        }
        close(open);
        juxtaposed = false;
        int least = Integer.parseInt(number.text());
        if (least < 1 || least > of.size()) {
            throw refusal(number, "watch.some.number", "limit", of.size());
        }
        return placed(new WatchQuery.Some(least, of), number.start());
    }
}
