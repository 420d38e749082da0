package org.tocsin.post;

/**
 * An image of a post.
 *
 * @param mediaId the uploaded image
 * @param alt     what it shows; may be empty
 */
public record MediaRef(String mediaId, String alt) {}
