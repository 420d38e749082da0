package org.tocsin.network;

/**
 * The idempotency key of one segment of a delivery: made when the delivery is accepted, byte-equal on the wire over all retries and
 * restarts.
 *
 * @param value in the form the network wants (a UUID; for Bluesky a TID)
 */
public record DeliveryKey(String value) {}
