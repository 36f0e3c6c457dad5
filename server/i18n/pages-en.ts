/** Words of the public pages. English is the source; other languages have its type. */
import type { PolicySlug } from '../policies/slugs.ts'

const policies: Readonly<Record<PolicySlug, string>> = {
  'payment-security': 'Payment Security',
  'delivery-activation': 'Delivery & Activation',
  'refund-policy': 'Refund Policy',
  'privacy-policy': 'Privacy Policy',
  'terms-of-service': 'Terms of Service',
  'support-policy': 'Support Policy',
  'purchase-guide': 'License Purchase Guide',
  faq: 'Frequently Asked Questions',
  contact: 'Contact Us',
}

export const pagesEn = {
  site: {
    name: 'License Center',
    skip: 'Skip to content',
    navigation: 'Main',
    home: 'Home',
    trust: 'Policies',
    contact: 'Contact Us',
    policies: 'Policies',
    sandbox: 'Sandbox: payments made here are not real.',
  },
  policies,
  home: {
    title: 'License Center',
    lead: 'Buy, see and renew the licenses of the products below. Purchases are made inside the console of each product and paid on the page of our payment provider.',
    products: 'Connected products',
    noProducts: 'No product is connected yet.',
    openConsole: (product: string) => `Open the ${product} console`,
    sells: (plans: string) => `Licenses: ${plans}`,
    before: 'Before you buy',
    beforeText: 'How a purchase works, what is refunded, and how a payment is checked.',
    help: 'Help with an order',
    helpText:
      'Paid and nothing arrived, a payment declined, a license that does not activate: write to us with the order number. No account needed.',
    helpLink: 'Contact us',
  },
  trust: {
    title: 'Policies and help',
    lead: 'Everything that applies to a purchase, readable before you buy.',
    version: (version: string, date: string) => `Version ${version}, in force since ${date}`,
  },
  policy: {
    contents: 'On this page',
    version: (version: string) => `Version ${version}`,
    effective: 'in force since',
    englishOnly: '',
    all: 'All policies',
  },
  notFound: {
    title: 'This page does not exist',
    text: 'The address may be mistyped, or the link may be old. Nothing was changed or charged.',
    home: 'To the start page',
  },
  contact: {
    form: 'Write to us',
    topic: 'Topic',
    chooseTopic: 'Please choose',
    topics: {
      purchase: 'Purchase or payment',
      activation: 'Activation',
      update: 'Updates',
      renewal: 'Renewal',
      refund: 'Refund',
      support: 'Support, other',
    },
    email: 'Your e-mail address',
    emailHint: 'The address of the order, if it is about one. We answer there.',
    order: 'Order number (optional)',
    orderHint: 'It begins with ord_ and is shown in your console and in the confirmation.',
    message: 'Message',
    messageHint: (limit: string) =>
      `Up to ${limit} characters, shown to us as plain text. Please leave out complete license keys and payment details.`,
    send: 'Send message',
    errors: {
      title: 'The message was not sent yet',
      lead: 'Please correct the following. What you wrote is kept.',
      topic: 'Choose a topic.',
      email: 'Enter an e-mail address like name@example.com.',
      order: (limit: string) => `Enter an order number of at most ${limit} characters, or none.`,
      messageMissing: 'Write what it is about.',
      messageLong: (limit: string) => `Shorten the message to at most ${limit} characters.`,
      nonce: 'This form was incomplete. It has been renewed: please send it again.',
    },
    limit: {
      title: 'Too many messages within an hour',
      text: 'We already have several messages from this address and will answer them. This one was not sent; what you wrote is kept below. Please try again in an hour.',
    },
    tooLarge: {
      title: 'The message is too large',
      text: 'It was not sent, and it is too large to be kept here. Go back in your browser to find your text, shorten it, and send it again.',
    },
    sent: {
      title: 'Your message has arrived',
      number: (number: string) => `Your ticket number is ${number}.`,
      next: (email: string) => `We aim to answer within two working days, to ${email}.`,
      keep: 'Please mention the number if you write again. Keep license keys and payment details out of public channels.',
      home: 'To the start page',
    },
  },
  renew: {
    title: (product: string) => `Renew your ${product} licenses`,
    lead: 'This private link is for the licenses below. It needs no login: it shows their price and takes a payment, and nothing else.',
    end: (date: string) => `ends on ${date}`,
    open: 'Show prices and renew',
    note: 'Please keep the link to yourself. It ends by itself when the licenses can no longer be renewed.',
    noScript: 'This page needs JavaScript. You can renew in the console of the product as well.',
    gone: {
      title: 'This link does not open anything',
      text: 'It may have expired or been copied incompletely. You can renew in the console of the product, or write to us.',
      help: 'Get help with a renewal',
    },
  },
  payReturn: {
    order: (id: string) => `Order ${id}`,
    toConsole: 'Back to the console',
    toContact: 'Get help with this order',
    reopen: 'Back to the payment page',
    checkAgain: 'Check again',
    forwarding: 'You are taken back to the console in a few seconds.',
    checking: {
      title: 'Checking your payment',
      text: 'We are asking the payment provider for the result. This usually takes a few seconds, and this page checks again by itself. Please do not pay again.',
    },
    issued: {
      title: 'Paid: your licenses are valid',
      text: 'The payment was confirmed and the licenses of this order are effective now. The page in your console shows them by itself.',
    },
    processing: {
      title: 'Your payment is being processed',
      text: 'This payment method takes time, sometimes several days. Your licenses are issued as soon as the payment succeeds, and we tell you by e-mail. Please do not pay again.',
    },
    open: {
      title: 'Not paid yet',
      text: 'The payment was not completed and nothing was charged. The payment page is still open.',
    },
    failed: {
      title: 'The payment did not succeed',
      text: 'Nothing was charged and no license was issued. You can place the order again in the console.',
    },
    canceled: {
      title: 'The order was canceled',
      text: 'Nothing was charged and no license was issued. You can close this window.',
    },
    expired: {
      title: 'The order has expired',
      text: 'It was not paid in time; nothing was charged. Start again in the console: the price is calculated anew.',
    },
    review: {
      title: 'Payment received, being checked',
      text: 'Your payment arrived, but it does not match the order, for example because the order had ended. A person checks it now. You get the licenses or your money back. Please do not pay again.',
    },
    saved: {
      title: 'Your payment method is saved',
      text: 'Nothing was charged. Automatic renewals use it from now on. The page in your console shows it by itself.',
    },
    not_saved: {
      title: 'No payment method was saved',
      text: 'Nothing was charged. You can start again in the console.',
    },
    unknown: {
      title: 'We do not know this payment',
      text: 'The link is incomplete or belongs to another License Center. If you paid, the order in your console shows the state of the payment.',
    },
  },
}
