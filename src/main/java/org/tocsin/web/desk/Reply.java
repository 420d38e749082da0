package org.tocsin.web.desk;

/**
 * A post of ours that answers a mention.
 *
 * @param out  whether it is out on all its channels
 * @param said how far it has come, in words
 */
public record Reply(String href, boolean out, String said) {}
