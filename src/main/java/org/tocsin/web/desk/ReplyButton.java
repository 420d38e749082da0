package org.tocsin.web.desk;

/**
 * How something that was heard is answered.
 *
 * @param href  where an answer below it is written
 * @param why   no answer can stand below it, in words; empty where one can
 * @param about where a post is written that links to it
 */
public record ReplyButton(String href, String why, String about) {
    /** Of what is not there any more. */
    static final ReplyButton NONE = new ReplyButton("", "", "");

    /** @return whether there is anything to answer */
    public boolean shown() {
        return !href.isEmpty();
    }
}
