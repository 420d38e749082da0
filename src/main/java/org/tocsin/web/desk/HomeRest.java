package org.tocsin.web.desk;

/**
 * How much of each part of home is not shown there.
 *
 * @param person  deliveries that need a person
 * @param approve posts of which something waits for somebody's word
 * @param failed  deliveries that went nowhere
 * @param notices of what home alone shows
 * @param requests of people, still to be answered
 * @param back    posts that somebody has sent back
 */
public record HomeRest(int person, int approve, int failed, int notices, int requests, int back) {}
