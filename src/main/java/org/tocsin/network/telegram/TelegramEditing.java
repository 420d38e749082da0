package org.tocsin.network.telegram;

import java.util.Optional;
import org.tocsin.network.Channel;
import org.tocsin.network.EditResult;
import org.tocsin.network.Editing;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Rewording;
import org.tocsin.post.TextSize;

/** Edits the text of a message, or the caption of its pictures. What a bot has posted in a channel it may edit without a limit in time. */
final class TelegramEditing implements Editing {
    private final TelegramApi api;
    private final TelegramAnswers answers;

    TelegramEditing(TelegramApi api, TelegramAnswers answers) {
        this.api = api;
        this.answers = answers;
    }

    @Override
    public RenderResult render(Channel channel, Rewording rewording) {
        Optional<Reason> unusable = TelegramNetwork.unusable(channel);
        if (unusable.isPresent()) {
            return new RenderResult.NotRendered(new PublishResult.Unauthorized(unusable.get()));
        }
        TextSize size =
                TelegramNetwork.size(rewording.text(), !rewording.pictures().isEmpty());
        if (!size.fits()) {
            return refused(Reason.of("telegram.text.too-long", "actual", size.actual(), "limit", size.limit()));
        }
        Receipt receipt = rewording.receipt();
        if (!TelegramReceipts.isMessageId(receipt.remoteId())) {
            return refused(Reason.of("telegram.edit.malformed"));
        }
        String chat = receipt.details()
                .getOrDefault(TelegramReceipts.CHAT, TelegramAccess.of(channel).chatId());
        TelegramRequest request = new TelegramRendering(chat).edit(Integer.parseInt(receipt.remoteId()), rewording);
        return new RenderResult.Rendered(request.write(), rewording.text());
    }

    private static RenderResult refused(Reason reason) {
        return new RenderResult.NotRendered(new PublishResult.Refused(reason));
    }

    @Override
    public EditResult edit(Channel channel, Receipt receipt, String body) {
        Optional<Reason> unusable = TelegramNetwork.unusable(channel);
        return unusable.isPresent()
                ? new EditResult.Unauthorized(unusable.get())
                : answers.edit(channel, api.send(channel, TelegramRequest.read(body)), receipt);
    }
}
