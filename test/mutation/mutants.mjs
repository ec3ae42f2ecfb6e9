import ts from 'typescript';
import { regexMutants } from './regex-mutants.mjs';
import { isSql, sqlMutants } from './sql-mutants.mjs';

/** What takes the place of an operator. */
const operators = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '**': '*',
};

/**
 * Every mutant of a source file: one small change each, as a slip of the hand could make it.
 *
 * @returns {{ at: number, end: number, is: string }[]} what to put in place of the text from `at` to `end`
 */
export function mutantsOf(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const put = (node, is) => found.push({ at: node.getStart(file), end: node.end, is });
  const visit = (node) => {
    if (isOnlyType(node)) return;
    mutate(node, put, file);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const isOnlyType = (node) =>
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isDecorator(node);

function mutate(node, put, file) {
  if (ts.isBinaryExpression(node)) {
    const is = operators[node.operatorToken.getText(file)];
    if (is) put(node.operatorToken, is);
  } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    put(node, node.operand.getText(file));
  else if (node.kind === ts.SyntaxKind.TrueKeyword) put(node, 'false');
  else if (node.kind === ts.SyntaxKind.FalseKeyword) put(node, 'true');
  else if (ts.isNumericLiteral(node)) put(node, String(Number(node.text) + 1));
  else if (ts.isRegularExpressionLiteral(node)) for (const is of regexMutants(node.text)) put(node, is);
  else if (ts.isIfStatement(node)) bothWays(node.expression, put);
  else if (ts.isConditionalExpression(node)) bothWays(node.condition, put);
  else if (ts.isExpressionStatement(node)) put(node, ';');
  else if (ts.isStringLiteral(node)) put(node, node.text ? `''` : `'mutant'`);
  else if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
    const said = node.getText(file);
    if (!isSql(said)) return put(node, '``');
    for (const { at, end, is } of sqlMutants(said))
      put({ getStart: () => node.getStart(file) + at, end: node.getStart(file) + end }, is);
  }
}

function bothWays(condition, put) {
  put(condition, 'true');
  put(condition, 'false');
}
