package org.tocsin.web.desk;

/**
 * The program that follows subscribers, as its part of the page shows it.
 *
 * @param set     whether there is one
 * @param health  how it goes, said to a person
 * @param failing whether it takes nothing
 * @param secret  where it was made just now; empty else
 * @param silent  that addresses do not go there for who agrees to the newest texts, which do not name it; empty where they do
 */
public record HookRow(
        boolean set,
        String url,
        boolean withAddress,
        long version,
        String health,
        boolean failing,
        String secret,
        String silent) {
    static final HookRow NONE = new HookRow(false, "", false, 0, "", false, "", "");
}
