package org.tocsin.web.desk;

import io.nayuki.qrcodegen.QrCode;

/** A QR code (ISO/IEC 18004) as one path of an SVG, for a phone that photographs it. */
final class QrSvg {
    /** The quiet zone around it, in modules; the standard asks for four. */
    private static final int BORDER = 4;

    private QrSvg() {}

    /** @return the markup; black on white whatever the scheme, for that is what cameras read */
    static String of(String text) {
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
}
