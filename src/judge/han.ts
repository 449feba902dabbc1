/**
 * Traditional characters read as Simplified ones, so that one alias ("华为") finds both 華為 and 华为.
 *
 * Character by character, which is enough for matching names and verbs: nothing is ever shown in this form.
 * Only characters that news of chips, trade and companies uses; one that is missing costs a match, never an error.
 */

// Aligned strings: the n-th character of the first is written as the n-th of the second.
const TRADITIONAL =
  '華為輝達億萬與專業東絲兩嚴喪個豐臨麗舉義烏樂喬習鄉書買亂爭於虧雲亞產畝親褻僅從侖倉儀們價眾優會傘偉傳傷倫偽體餘傭俠侶僥偵側僑儉債傾償儲兒兌黨蘭關興養獸內岡冊寫軍農馮衝決況凍淨準涼減湊幾鳳憑凱擊鑿劃劉則剛創刪別劑劍劇勸辦務動勵勁勞勢勳區醫協單賣盧衛卻廠廳歷厲壓厭廁廈廢縣參雙發變敘疊葉號嘆嚇嗎啟吳員響問喚喪啞嘩噴團園困圍圖圓聖場壞塊堅壇壩墳墜壟墾壯聲殼壺處備復夠頭誇夾奪奮獎奧婦媽嬌孫學寧寶實寵審憲宮寬賓對尋導壽將爾塵嘗堯層屬歲豈島峽嶺幣師帳帶幫幹並廣莊慶庫應廟龐開異棄張彌彎彈強歸當錄徹徑後憶懷態憐總懇惡悶惱慣懲戲戰戶撲執擴掃揚擾撫拋搶護報擔擬擁攔擇掛揮損換據擄擠擲摟攝擺攤撐敵數齊斷無舊時曠昇顯晉曬曉暫術機殺雜權條來楊極構標棧棟樹樣橋檔檢樓橫歐歡殘毀氣漢湯溝沒滬淚潔灑澆濟濤潤滅燈靈災爐點煉煩燒熱爺牽犧狀猶獄獨獲獵現瑪環畫暢療瘋癢皺盤監蓋盜睜矚碼礦確禮禍禪離種積稱穩窮竊競筆築簡簽籌籃類糧緊糾紅約級紀純綱納縱紛紙紋紡線組細織終紹經結繞繪給絡絕統絲繼績緒續維綿綜綠緩編緣縮繳網羅罰羆職聯聽肅腦膽勝脈臟臉臘膚艦艙藝節蘇莊範藥蓮營蕭薩藍虛蟲雖補裝襲見觀規視覺覽觸計訂認討讓訓議訊記講許論設訪證評識詐訴診詞試詩誠話誕該詳語誤說請諸讀課誰調諒談謀諾謂證譯護讚譽負財責賢敗貨質販貪購貫貸貿費賀資賦賬賭賴賺賽贈贊贏趙趨跡踐車軌軟轉輪輕載較輔輛輯輸轄邊達遷過邁運還這進遠違連遲適選遺遼郵鄧鄭醬釋裡鑒針釣鈔鋼鑰錢鉆鐵鈴鉛銅銀鏈銷鎖鍋錯錫鍵鎮鏡長門閃閉間閱闊隊陽陰陣階際陸陳險隨隱難雛電霧靜頁頂項順須預領頻題額顏顧願風飛飯飲飾館驅駐駛驗驚駕騰騙騷驟魚魯鮮鳥鴻麥黃齒龍龜錄禦憂癒製閘線週佈衆啓麼擇擔嗎臺灣滿測塗溫滯濕準屆輯遞逕鬧閑欄壟歲盪鑽殯寢蹤週剎麵彙製範採註徵準託係繫曆農鉅關獎邏輯擊禦黨聖礙罷鬥鬆僱併佔彆誌嶄麗撿擱滾漲澀灘獵瓊畢監礎稅穀窯窗竄箏糞紮絆綁縫縣繡罵羨聳聰';
const SIMPLIFIED =
  '华为辉达亿万与专业东丝两严丧个丰临丽举义乌乐乔习乡书买乱争于亏云亚产亩亲亵仅从仑仓仪们价众优会伞伟传伤伦伪体余佣侠侣侥侦侧侨俭债倾偿储儿兑党兰关兴养兽内冈册写军农冯冲决况冻净准凉减凑几凤凭凯击凿划刘则刚创删别剂剑剧劝办务动励劲劳势勋区医协单卖卢卫却厂厅历厉压厌厕厦废县参双发变叙叠叶号叹吓吗启吴员响问唤丧哑哗喷团园困围图圆圣场坏块坚坛坝坟坠垄垦壮声壳壶处备复够头夸夹夺奋奖奥妇妈娇孙学宁宝实宠审宪宫宽宾对寻导寿将尔尘尝尧层属岁岂岛峡岭币师帐带帮干并广庄庆库应庙庞开异弃张弥弯弹强归当录彻径后忆怀态怜总恳恶闷恼惯惩戏战户扑执扩扫扬扰抚抛抢护报担拟拥拦择挂挥损换据掳挤掷搂摄摆摊撑敌数齐断无旧时旷昇显晋晒晓暂术机杀杂权条来杨极构标栈栋树样桥档检楼横欧欢残毁气汉汤沟没沪泪洁洒浇济涛润灭灯灵灾炉点炼烦烧热爷牵牺状犹狱独获猎现玛环画畅疗疯痒皱盘监盖盗睁瞩码矿确礼祸禅离种积称稳穷窃竞笔筑简签筹篮类粮紧纠红约级纪纯纲纳纵纷纸纹纺线组细织终绍经结绕绘给络绝统丝继绩绪续维绵综绿缓编缘缩缴网罗罚罴职联听肃脑胆胜脉脏脸腊肤舰舱艺节苏庄范药莲营萧萨蓝虚虫虽补装袭见观规视觉览触计订认讨让训议讯记讲许论设访证评识诈诉诊词试诗诚话诞该详语误说请诸读课谁调谅谈谋诺谓证译护赞誉负财责贤败货质贩贪购贯贷贸费贺资赋账赌赖赚赛赠赞赢赵趋迹践车轨软转轮轻载较辅辆辑输辖边达迁过迈运还这进远违连迟适选遗辽邮邓郑酱释里鉴针钓钞钢钥钱钻铁铃铅铜银链销锁锅错锡键镇镜长门闪闭间阅阔队阳阴阵阶际陆陈险随隐难雏电雾静页顶项顺须预领频题额颜顾愿风飞饭饮饰馆驱驻驶验惊驾腾骗骚骤鱼鲁鲜鸟鸿麦黄齿龙龟录御忧愈制闸线周布众启么择担吗台湾满测涂温滞湿准届辑递径闹闲栏垄岁荡钻殡寝踪周刹面汇制范采注征准托系系历农巨关奖逻辑击御党圣碍罢斗松雇并占别志崭丽捡搁滚涨涩滩猎琼毕监础税谷窑窗窜筝粪扎绊绑缝县绣骂羡耸聪';

const toSimplified = new Map<string, string>();
{
  const simplified = Array.from(SIMPLIFIED);
  for (const [n, traditional] of Array.from(TRADITIONAL).entries()) {
    const plain = simplified[n];
    if (plain !== undefined) toSimplified.set(traditional, plain);
  }
}

/** The Simplified form of one character, itself when it has none. 昇 stays: it names a product (昇腾). */
export function simplified(character: string): string {
  return toSimplified.get(character) ?? character;
}

/** Both tables must stay aligned; the tests hold them to it. */
export const HAN_PAIRS: readonly (readonly [string, string])[] = [...toSimplified];
