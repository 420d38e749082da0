package org.tocsin.network;

import java.time.Duration;

/** What became of an upload. None of these is seen by the public. */
public sealed interface UploadResult {
    /** For networks whose images travel with the message. */
    UploadResult NOT_NEEDED = new Uploaded("");

    /** @param handle by which the request names the image */
    record Uploaded(String handle) implements UploadResult {}

    /**
     * The network is still working on it.
     *
     * @param handle to ask with
     * @param after  how long to wait before asking
     */
    record Processing(String handle, Duration after) implements UploadResult {}

    /** @param outcome to be acted on like the outcome of a publication */
    record Failed(PublishResult.NoEffect outcome) implements UploadResult {}
}
