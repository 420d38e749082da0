package org.tocsin.web.desk;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.subscriber.ConsentText;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.Topic;

/**
 * A form for another site, in both languages: the one of the page, or of the attribute {@code lang} of the element around it, is shown. No
 * script, and nothing is asked of this machine before somebody sends it. The words to agree to are those of the page of sign-up, whole.
 */
final class EmbeddedForm {
    /** Whoever shows both languages without these rules shows a little too much, and nothing wrong. */
    private static final String RULES =
            "<style>.tocsin-form:lang(en)>[lang=fr]," + ".tocsin-form:not(:lang(en))>[lang=en]{display:none}</style>\n";

    private final SignUps signUps;
    private final Messages messages;
    private final String base;

    EmbeddedForm(SignUps signUps, Messages messages, String base) {
        this.signUps = signUps;
        this.messages = messages;
        this.base = base;
    }

    /**
     * @param code of the link that stands for where the form is; empty for none
     * @return markup; empty where nobody can sign up
     */
    String of(BranchId branch, String code) {
        if (!signUps.settings(branch).ready()) {
            return "";
        }
        List<Topic> topics = signUps.topics(branch);
        Optional<String> french = signUps.text(branch, "fr").map(text -> form(text, topics, code));
        Optional<String> english = signUps.text(branch, "en").map(text -> form(text, topics, code));
        if (french.isEmpty() && english.isEmpty()) {
            return "";
        }
        return "<div class=\"tocsin-form\">\n" + (french.isPresent() && english.isPresent() ? RULES : "")
                + french.orElse("") + english.orElse("") + "</div>";
    }

    private String form(ConsentText text, List<Topic> topics, String code) {
        Locale locale = Locale.forLanguageTag(text.language());
        StringBuilder out = new StringBuilder(
                "<form lang=\"" + text.language() + "\" method=\"post\" action=\""
                        + plain(base) + "/newsletter?lang=" + text.language() + "\">\n<p><label>"
                        + said(Message.of("signup.page.address"), locale)
                        + " <input name=\"address\" type=\"email\" autocomplete=\"email\" maxlength=\"254\" required></label></p>\n");
        if (!topics.isEmpty()) {
            out.append("<fieldset><legend>")
                    .append(said(Message.of("signup.page.topics"), locale))
                    .append("</legend>\n");
            topics.forEach(topic -> out.append("<label><input type=\"checkbox\" name=\"topic\" value=\"")
                    .append(plain(topic.id()))
                    .append("\"> ")
                    .append(plain(topic.name(text.language())))
                    .append("</label>\n"));
            out.append("</fieldset>\n");
        }
        out.append("<p><label><input type=\"checkbox\" name=\"agree\" value=\"yes\" required> ")
                .append(plain(text.text()))
                .append("</label></p>\n<input type=\"hidden\" name=\"text\" value=\"")
                .append(plain(text.id()))
                .append("\">\n<input type=\"hidden\" name=\"door\" value=\"form\">\n");
        if (!code.isEmpty()) {
            out.append("<input type=\"hidden\" name=\"c\" value=\"")
                    .append(plain(code))
                    .append("\">\n");
        }
        return out.append("<div hidden><label>")
                .append(said(Message.of("rights.page.pot"), locale))
                .append(" <input name=\"website\" tabindex=\"-1\" autocomplete=\"off\"></label></div>\n<p><button>")
                .append(said(Message.of("signup.page.send"), locale))
                .append("</button> <a href=\"")
                .append(plain(base))
                .append("/newsletter/privacy?lang=")
                .append(text.language())
                .append("\">")
                .append(said(Message.of("signup.page.privacy"), locale))
                .append("</a></p>\n</form>\n")
                .toString();
    }

    private String said(Message message, Locale locale) {
        return plain(messages.text(message, locale));
    }

    private static String plain(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
