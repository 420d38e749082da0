package org.tocsin.delivery;

/**
 * A delivery that was claimed.
 *
 * @param delivery as it was claimed
 * @param task     what is to be done
 */
public record DeliveryWork(Delivery delivery, Task task) {
    /** What is to be done with it. */
    public enum Task {
        /** Prepare and send; the row is PREPARING. */
        SEND,
        /** Ask for what the network is processing; the row is WAITING. */
        RESUME,
        /** Find out what became of a request; the row is UNKNOWN. */
        RECONCILE
    }
}
