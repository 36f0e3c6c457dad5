/** Charges of saved methods, and what may follow a payment: the part of the API behind a sale. */
import { Hono } from 'hono'
import type { ApiEnv } from './api.ts'
import { listDisputes, listWarnings, retrieveDispute } from './disputes.ts'
import { listInvoicePayments, payInvoice } from './invoice-payments.ts'
import {
  addLines,
  createInvoice,
  deleteInvoice,
  finalizeInvoice,
  listInvoices,
  retrieveInvoice,
  voidInvoice,
} from './invoices.ts'
import {
  createCreditNote,
  createRefund,
  listCreditNotes,
  listRefunds,
  retrieveRefund,
} from './refunds.ts'
import type { World } from './world.ts'

export function createMoneyApi(world: World): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>()
  const invoices = '/invoices'
  api.post(invoices, (c) => c.json(createInvoice(world, c.var.form)))
  api.get(invoices, (c) => c.json(listInvoices(world, c.var.form)))
  api.get(`${invoices}/:id`, (c) => c.json(retrieveInvoice(world, c.req.param('id'), c.var.form)))
  api.delete(`${invoices}/:id`, (c) => c.json(deleteInvoice(world, c.req.param('id'))))
  api.post(`${invoices}/:id/add_lines`, (c) =>
    c.json(addLines(world, c.req.param('id'), c.var.form)),
  )
  api.post(`${invoices}/:id/finalize`, (c) =>
    c.json(finalizeInvoice(world, c.req.param('id'), c.var.form)),
  )
  api.post(`${invoices}/:id/pay`, (c) => c.json(payInvoice(world, c.req.param('id'), c.var.form)))
  api.post(`${invoices}/:id/void`, (c) => c.json(voidInvoice(world, c.req.param('id'), c.var.form)))
  api.get('/invoice_payments', (c) => c.json(listInvoicePayments(world, c.var.form)))

  api.post('/refunds', (c) => c.json(createRefund(world, c.var.form)))
  api.get('/refunds', (c) => c.json(listRefunds(world, c.var.form)))
  api.get('/refunds/:id', (c) => c.json(retrieveRefund(world, c.req.param('id'))))
  api.post('/credit_notes', (c) => c.json(createCreditNote(world, c.var.form)))
  api.get('/credit_notes', (c) => c.json(listCreditNotes(world, c.var.form)))

  api.get('/disputes', (c) => c.json(listDisputes(world, c.var.form)))
  api.get('/disputes/:id', (c) => c.json(retrieveDispute(world, c.req.param('id'))))
  api.get('/radar/early_fraud_warnings', (c) => c.json(listWarnings(world, c.var.form)))
  return api
}
