package org.tocsin.web;

import io.nayuki.qrcodegen.QrCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/** A QR code (ISO/IEC 18004), for a phone that photographs it. */
public final class QrImage {
    /** The quiet zone around it, in modules; the standard asks for four. */
    private static final int BORDER = 4;

    /** Of the PNG, pixels a module: enough for a leaflet. */
    private static final int SCALE = 16;

    private QrImage() {}

    /** @return one path of an SVG; black on white whatever the scheme, for that is what cameras read */
    public static String svg(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + BORDER)
                            .append(',')
                            .append(y + BORDER)
                            .append("h1v1h-1z");
                }
            }
        }
        int side = code.size + 2 * BORDER;
        return "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side
                + "\" aria-hidden=\"true\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\""
                + path + "\"/></svg>";
    }

    /** @return a PNG, of two colours */
    static byte[] png(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int side = (code.size + 2 * BORDER) * SCALE;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                boolean dark = code.getModule(x / SCALE - BORDER, y / SCALE - BORDER);
                image.setRGB(x, y, dark ? 0x000000 : 0xFFFFFF);
            }
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param base the public address, without a slash at its end; empty for none
     * @param code of the link, after which the file is named
     * @param png  or else SVG
     * @throws FaultException CONFLICT without a public address: what is printed must lead somewhere
     */
    public static Response file(String base, String code, boolean png) {
        if (base.isEmpty()) {
            throw FaultException.conflict(Message.of("web.qr.base"));
        }
        String url = base + "/n/" + code;
        Response image = png
                ? new Response(200, "image/png", Map.of(), png(url))
                : new Response(200, "image/svg+xml", Map.of(), svg(url).getBytes(StandardCharsets.UTF_8));
        return image.with("Content-Disposition", "attachment; filename=\"qr-" + code + (png ? ".png\"" : ".svg\""));
    }
}
